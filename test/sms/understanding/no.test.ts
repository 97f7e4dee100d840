import { describe, expect, it } from 'vitest';
import { type ReplyContext, understand } from '../../../src/sms/understanding/index.ts';

/** Replies written for this test, " | " or a line break between two. */
const replies = (text: string) => text.trim().split(/\s*(?: \| |\n)\s*/u);
const INVITE: ReplyContext = { ctx: 'event' };
const FOLLOW_UP: ReplyContext = { ctx: 'confirm' };
const WORDS = replies(`
  no | No. | NO | nooooo | nope | Nope sorry | nah | nahh | naw | n | N | no thanks | no thx
  No ty | no way | no sir | no can do | Can't make it | cant make it | I can't make it
  i cannot make it | Can't make it, sorry | sorry can't make it | Sorry, I can't come
  sorry i cant | I can't | can't | cant | Can't tonight | can't that day
  I won't be able to make it | I won't be there | we won't be able to come | won't make it
  Unable to attend | not able to come | i'm not able to | I'm not going | not coming | Not going
  im not coming | I'm not available | not available that day | I'm not free | I'm busy | busy
  busy that day | i have plans | I already have plans | have other plans, sorry | have to work
  I have to work that night | I'm working | out of town | I'll be out of town
  I'm out of town that weekend | I'm sick | double booked | I have a conflict | count me out
  I'm out | out | pass | gonna pass | I'm gonna have to pass | I'll have to pass on this one
  hard pass | I'll sit this one out | rain check | gotta cancel | I have to cancel
  I need to cancel | please cancel my rsvp | next time! | Not this time | not today | not really
  not interested | I decline | decline | I must decline | regretfully decline | Wish I could!
  wish i could but i have to work | I'd love to but I can't | Would love to but can't make it
  sounds fun but I can't | Sounds great but I won't be there | ok but I can't come
  Great, but we can't make it | Unfortunately no | unfortunately I can't
  Unfortunately we can't make it | I'm afraid I can't | definitely not
  Definitely can't make it | of course not | certainly not | hell no | heck no | not a chance
  no chance | never | No, I can't | No I can't make it | No, sorry | no, not this time
  no but thanks | No, maybe another time | No, but have fun! | No, I'm busy | No, have to work
  no i'm good | Nope, I'm good. Thanks | nah I'm good | No, that is everything I need
  No, I don't need anything else | No that will be all for today | No, you've been very helpful
  No, not now | No. I don't want to do that. | No, I am done. Thank you
  No, nothing else. Thanks for the help! | No thats all thanks | No, thank you. That's it
  Nope. That would be all | No, it's fine | No, I'm okay | No need | No need, thanks
  no nothing else | Thanks but no thanks | thanks, but no | Not right now, thanks
  not at the moment | I don't think I can make it | Don't think I can | I don't want to
  I do not want to go | that doesn't work for me | doesn't work for me | That won't work
  it's a no from me | that's a no | I'd say no | my answer is no | I have to say no
  I'm going to say no | the answer is no | negative | false | That is not true
  that's not right | incorrect | that isn't correct | I disagree | I do not agree
  nope not happening | not gonna happen | No problem, I'll pass | My wife and I can't make it
  we can't, sorry | neither of us can make it | Can't. Working late
  I can't because my kid is sick | can't make it my kid has a game | 👎 | no 👎 | no 😢 | no :(
  Sorry 😢 can't | noo | nope. | NOPE | nop | nah bro | nah fam | nahhhh | naaah | nay | noooope
  no no | No!!! | N. | no... | no; | “no” | nuh uh | no sorry | sorry, nope | nope nope nope
`);
const PHRASES = replies(`
  I can't make this one | can't make this one sorry | Can't do it | Won't be able to
  not gonna make it | Not going to make it tonight | ain't gonna make it | I ain't coming
  We are not going to be able to make it | I'm not able to attend
  We regret that we cannot attend | Regretfully I must decline | I'll have to miss it
  gonna miss this one | Gonna have to miss it | have to bail | need to bail, sorry
  I gotta bail | I'm going to skip | skipping this one | I'll skip this time
  sitting this one out | I'm going to sit this out | Already have plans that night
  Got plans already | we have other plans | I have another commitment | Out of town that week
  We'll be away | I'll be away that weekend | on vacation then | working that night | Working :(
  have to work sorry | I'm sick, sorry | feeling under the weather | Not feeling well
  not up for it | Not feeling it | not in the mood | not for me | I'd rather not
  I'd prefer not to | Thanks but I can't | Thanks for the invite but I can't make it
  thanks for thinking of me but no | I appreciate the invite but can't come
  I wish I could come | I wish I could but no | I would if I could | Would love to, but can't
  I'd love to, but I have plans | Love to but can't | Sounds awesome but I'm out of town
  sadly no | Sadly I can't | Alas, no | bummer, can't make it | Aw man I can't
  Darn, can't make it | ugh can't | So sorry, can't come | My apologies, I won't make it
  No, I have a conflict | No we can't | No I won't be there | No, not coming | Nope, can't
  No, raincheck? | Can't, another time? | Not that day | Not on Friday | no can't
  nope wont be there | pass! | Pass, thanks | Pass this time | I pass | Count us out | We're out
  I'm out :( | don't expect me | don't wait up for me | Can't come because of work
  No because I'm working | no as I'm away | No since I have no ride
  I can't come but my husband will | I don't think I'll make it | My answer is still no
  still no | my wife can come but I can't | Can't. But my wife can | yes I mean no | Yes oops no
  lol no | haha nope | well yes but actually no | no and no | no 👍 | 👎👎 | 🙅‍♀️ | 🚫
  can't come 😭
`);
const ASSISTANT_TALK = replies(`
  that would be a no | that's going to be a no | it's gonna be a no | nope it's not
  no it isn't | no it is not | no never | no that is not true | no that's not correct
  no you're wrong | sorry no | sorry, but no | I said no | please don't | don't | don't do that
  i don't want that | that isn't true | that's false | it's false | i can't agree | i object
  not even close | not so | there's no way | i'll have to decline | i must say no
  no not at all | no, absolutely not | nah not really | nope never | i'm going with no
  the answer is a definite no | the answer to your question is no | a big no | big no | no no no
  hmm no | well no | actually no | um, no | no to that | no, I do not | no i would not
  no I won't | no, he isn't | not on your life | no way josé
  No, thank you so much for your help. | No, that's everything, thanks | No that's all I wanted
  No, I think that's all. | No, I think I am good. | No I think that is it for now
  Nope, I'm all set | No, I'm set. Thanks! | No, that's good for now | No, that's enough
  No that is enough for now | No, I'm done | No, I appreciate it. | No, you've helped a lot.
  No. That's perfect, thanks. | No. That's great! | No, all good | No, everything's good
  No, that's great. Thank you very much | No, that is fine | No, I do not want to reserve it.
  No, I don't want to buy the tickets right now | No, I'd rather not | No, not at this time.
  No, I don't like that one | No, I want something else | No, I'd like a different one.
  No, show me something else | No, can you find another one? | No. Is there anything else?
  No, make it 3 people | No, it should be on the 3rd. | No, change the time to 5 pm
  No, let's do 6 pm instead | Nope, what else do you have | No. I'll do it later
  No, I might do it later | No I will book later | No, not today. Thanks | No, forget it
  No, forget about it | No, hold on | No, don't book it | No, please don't
  No, I changed my mind | No, that is okay | No, no need for that | No thats fine thanks
  No, it's not necessary | No thank you, I'm good | No thank you! I am fine | Not now, thanks.
  Not now | Not today, thank you | Not really, thanks | Not interested right now
  I don't want to book it right now | I do not need that | I don't think so, thanks
`);
const CANCELLATIONS = replies(`
  can't make it tomorrow | have to cancel | can't make it anymore | Can't come anymore sorry
  I have to cancel | Need to cancel | sorry something came up | not coming anymore
  No longer able to come | I won't make it after all | can't
`);

describe('a no', () => {
  it.each(WORDS)('%j counts as not coming', (text) => {
    expect(understand(text, INVITE).kind).toBe('no');
  });
  it.each(PHRASES)('%j says it in other words', (text) => {
    expect(understand(text, INVITE).kind).toBe('no');
  });
  it.each(ASSISTANT_TALK)('%j declines what was proposed', (text) => {
    expect(understand(text, INVITE).kind).toBe('no');
  });
  it.each(CANCELLATIONS)('%j takes a yes back after a follow-up', (text) => {
    expect(understand(text, FOLLOW_UP).kind).toBe('no');
  });
});
