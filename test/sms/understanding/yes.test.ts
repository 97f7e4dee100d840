import { describe, expect, it } from 'vitest';
import { type ReplyContext, understand } from '../../../src/sms/understanding/index.ts';

/** Replies written for this test, " | " or a line break between two. */
const replies = (text: string) => text.trim().split(/\s*(?: \| |\n)\s*/u);
const INVITE: ReplyContext = { ctx: 'event' };
const FOLLOW_UP: ReplyContext = { ctx: 'confirm' };
const WORDS = replies(`
  Yes | yes!! | YES | yesssss | yeees | yasss | Yeah! | yeahhh | yea | ya | yup | yuppp
  Yep thanks | y | Y | Yes sir | yessir | yes ma'am | Yes of course | Of course! | ofc
  absolutely | Absolutely!! | Definitely | definately | for sure | Sure | You bet | 100%
  100 percent | Yes, I'd love to | yes I'll be there | I'll be there | ill be there
  i will be there! | We'll be there | be there | Count me in | count us in! | I'm in | im in
  I'm in!! | We're in | in | I am so in | I'm down | im down for that | I'm totally down | down
  I'm game | I can make it | i can come | I can make it on Friday | Yes I can make it
  I'm coming | Coming! | I am going | going | I'll come | see you there | See you then!
  C u there | cya there | can't wait | Can't wait!! | cant wait to see everyone
  wouldn't miss it | Wouldn't miss it for the world! | I'd love to come | I'd love to!
  would love to | Love to! | happy to | with pleasure | sounds good | Sounds great!
  sounds like a plan | sounds fun, I'm in | works for me | That works for me | that works
  Friday works for me | perfect | ok | OK! | okay | k | Okie dokie | alright | no problem
  No problem! | no prob, see you then | no doubt | deal | bet | put me down
  put me down for yes | Put me down as a yes | sign me up | save me a seat | rsvp yes
  RSVP: yes | Yes - 2 of us | yes +1 | yes, party of 4 | Yes but I'll be late | yes but late
  Yes, running 20 min late | yes can I bring my wife? | Yes! What should I bring?
  Yes, what time? | yes what is the address | Sure, what time? | Yes I can't wait!
  Yes no worries | yes no problem | Yes, no meat for me please | yes no meat please
  yes there is no rush | Yes thank you so much for inviting us | Yes!! So excited | hell yes
  heck yeah | fuck yeah | Hey Sam, yes | hi! yes I can come
  Thanks for the invite! I'll be there | thanks, count me in | Hell yeah I'm in
  my wife and I will be there | Jen and I are coming | me and my kids are in
  both of us can make it | I think so | I do | i will | I would | yes i will | indeed
  affirmative | I accept | confirmed | Confirmed, see you then | omw
  yes let me know if you need anything | yes if that's ok | I'm free | I'm available
  yes I think so | It's a yes | that's a yes from me | my answer is yes | I'd say yes
  I say yes | definitely yes | Definitely coming | We would love that | I'm good for Friday
  I am good with that | no objections here | Not a problem | you can count on me | I'll make it
  Will do | i agree | that is right | That's correct | you're right | true | correct | exactly
  that's true | yep that's accurate | Yes I would like that | yes, do that | yes go ahead
  go ahead | Go for it | please do | Yes, I'd like to book it
  Yes, I want to make a reservation now | Sure, go ahead and reserve it
  Sure. Please book 2 tickets | Yeah, I'd like that | Yes, please go ahead and book the room
  Yes. I am interested in buying tickets | Yes that is all correct | Yep, everything looks good
  Yes, everything is right. | Yup, that works fine | Of course, please do | Certainly, go ahead
  Okay, that sounds good | That's great, go ahead | Perfect, thank you | Looks good to me
  It sounds fine | I like that one | That's what I want | Sounds good. Please book it.
  Awesome, let's do it | Yeah sure | Yes, sure | ok sure | ok cool | ok yes | Yes ok | well yes
  um yes | Sorry for the late reply, yes | sorry for the delay. Yes! | Yes (bringing Dave)
  yes :) | Yes 👍 | 👍🏽 | ✅ | yes 🎉🎉 | 🙋‍♀️ | 👍👍👍 | thanks 👍 | "yes" | *yes* | yes. | yes, | ＹＥＳ
  𝐘𝐄𝐒 | yess | yesss!!! | Yse | yed | yea! | yeahhhh | yeppers | yup yup | yah | yesh | ye
  yas queen | YAAAS | ya sure | yuh | yes1 | yes!1! | yes | Yes~ | yes... | “yes” | Yes; | okk
  okkkkk | oki | okey dokey | suuuure | shure | defintely | absolutly | yes yes
  Yes!!!!!!!!!!!!!!!!!!!! | yEs | y. | Y! | yeeeeeaaaahhhh | yee | yass | YEAAAAH
`);
const PHRASES = replies(`
  I wouldn't miss it | can't wait to see you all | count on me | you betcha
  Sounds like fun, count me in | sounds good to me! | Yep I'm free that night
  Free that night, see you there | I'm so down | down for whatever | let's gooo | Let's do it!
  Let's do this | I'm there | We're there! | I am in for dinner | Twist my arm! Yes
  Would not miss it for anything | Looking forward to it | looking forward to it!!
  looking forward to seeing you | Happy to come | I'd be delighted | I'd be happy to come
  I would be honored | Thanks for inviting me, I'll be there | Thank you, we will attend
  I'll bring the salsa, see you there | we're all coming | we both can make it
  the 3 of us will be there | Jen and I will be there | yes me and Tom | Yes from both of us
  yes for 2 | Yes, 2 people | yes 3 of us | Yes party of 5 | yes plus my wife
  Yep and I'm bringing my kids | I'm good to go | good to go | All good, see you then
  ok see you there | ok see you then | Ok I'll be there | Ok great see you Friday
  Okay sounds good | k sounds good | Cool, see ya | cool I'm in | great, I'm in!
  Awesome! Count me in | Perfect, we'll be there | That works for us | 7 works | Friday is good
  Friday at 7 is perfect | Friday works great for me | I can do Friday | I can do that
  that time works | It's a date | it's a plan | you got it | You got it! | will be there
  Will be there with the kids | Planning on it | I plan to be there | Absolutely I'll be there
  Definitely in | Totally in | 100% in | 100% there | no question, I'm in
  No doubt I'll be there | Not gonna miss it | I won't miss it | can hardly wait | Heck yes!
  Hell yeah!! | Yaaay yes | Yay! I'm in | woohoo count me in | Oh yes please | Ooh yes
  Ohh I'd love to | I would love to join | We'd love to come! | Would love to join you guys
  Love to come | I want to come | I'm interested | I said yes! | Yes I said | still yes
  she can't but I can | I can but she can't | Yes but my wife can't | No I mean yes | lol yes
  haha yes | hmm yes | yes and yes | Reply YES | can't say no to that | No way I'm missing this
  no way I would miss that | Not only yes but hell yes | yes 2 | yes at 7 | Yes 👎 | ❤️👍 | 👌 | 💯
  🙌 | 🆗 | ☑️ | ✔️ | 👍🏿 | see you there 🎉 | 🙋
`);
const ASSISTANT_TALK = replies(`
  i will agree to that | that is a definite yes | yes to that | that would be a yes
  certainly so | yeah, i would like that | my reply is yes | consider that a yes
  it's affirmative | very true | that's so true | for certain | you're absolutely right
  i believe it is yes | i guess yes | that'd be great | surely | you know it | that's the truth
  that is indeed true | yes that is accurate | ok that's right | i'll take it
  that's fine with me | i'd have to agree | please do that | yes, do it
  you are correct in that | oh yeah | yeah definitely | yeah of course | yes for sure
  yes absolutely | yes certainly | sure yes | yeah that's true | yeah i agree
  I'd have to say yes | the answer would be yes | I am going with yes | that is correct
  that is true | it is true | totally | totally true | yes it is | yes it does | yes he does
  yes they are | it sure is | it sure does | i concur | i confirm that | naturally
  obviously yes | my answer's yes | I'm saying yes | Yes, I would love that, thank you!
  Yes I'd like to make a reservation. | Yeah please go ahead | Yes please buy the tickets
  Yes, can you reserve it for me? | Sure, please reserve it | Sure, that works for me.
  Yes, that's perfect. Thank you | Yes. Please confirm the booking | Yes, those are correct.
  Yes, sounds right. | Yep, go ahead. | Yes, please transfer the money. | Yes, show me
  Yes, i need a ride | Yeah, I want to listen to it. | Yes, play it on the kitchen speaker
  Correct, thanks. | Right, that's it | Yes, it is. | Okay, great. Please book it for me.
  Ok. Book it. | Fine. Make the reservation. | Alright, please proceed
  That's fine. Please go ahead and schedule it. | I would like that | I'd love to do that
  I like it. Please reserve | That one sounds good, thanks | It's great. I'd like to rent it.
  That suits me | That sounds wonderful | That one is good | Yes, thats a good one
  Yes, I like this one. | yes, thats the one | Yes, I am okay with that.
  Yes, check for the weather too | Yes, I want to check the reviews first
  Yes, let me know the price | Yes let's see what they have | Yes, I need to find a restaurant
  Yes, if they have a free table | Sure. Sounds good | Sure, sounds great! | Sure, I'd love to
  Sure that is fine | Sure. Do it | Sure go for it | Sure I will take it
  Sure. Could you please book it? | Of course. Please go ahead. | Absolutely! Please reserve.
  Yes, thank you so much | Yes thanks | Yes it sounds good to me
`);
const CONFIRMATIONS = replies(`
  still on | Still good | see you tomorrow | confirmed | I confirm | on my way | Yes
  yep still coming | Confirming | Confirmed! | still in | I'm still in | Still coming!
  see you tonight | be there soon | On my way! | running late but coming | ok
  yes we'll be there | Will do
`);

describe('a yes', () => {
  it.each(WORDS)('%j counts as coming', (text) => {
    expect(understand(text, INVITE).kind).toBe('yes');
  });
  it.each(PHRASES)('%j says it in other words', (text) => {
    expect(understand(text, INVITE).kind).toBe('yes');
  });
  it.each(ASSISTANT_TALK)('%j agrees to what was proposed', (text) => {
    expect(understand(text, INVITE).kind).toBe('yes');
  });
  it.each(CONFIRMATIONS)('%j confirms after a follow-up', (text) => {
    expect(understand(text, FOLLOW_UP).kind).toBe('yes');
  });
});
