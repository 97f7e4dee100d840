import { describe, expect, it } from 'vitest';
import { type ReplyContext, understand } from '../../../src/sms/understanding/index.ts';

/** Replies written for this test, " | " or a line break between two. */
const replies = (text: string) => text.trim().split(/\s*(?: \| |\n)\s*/u);
const INVITE: ReplyContext = { ctx: 'event' };
const LOOKALIKES = replies(`
  Noah is here | Now? | Nowhere to park | Yesterday was fun | Okra is gross | I'm in Chicago
  in the car | I'm out of milk | down the street | pass the salt | Dave says no | she's not free
  He can't come | my wife can't make it | Sam said yes | is this yes or no? | yes or no?
  Yes and no? | do I say yes? | did you get my yes? | Yes? | no? | what time? | what time is it
  Where | who's coming | who is this | Who's this? | how much is it | is there parking
  can I bring a friend? | can i come late | Is Sam going? | are you going | will there be food
  no parking there | no one told me | nobody knows | No kidding | no worries | no rush
  great restaurant | great question | great, another meeting | fine dining is expensive
  cool story bro | right turn at the light | ok google | hello | hi | thanks | thank you! | lol
  haha | happy birthday | good morning | 🎉 | ❤️ | :) | ?? | ... | . | asdf | wrong number
  new number who is this | I'm driving | I'm driving right now - I'll get back to you later
  Sorry, I can't talk right now. | I'm in a meeting
  Auto-reply: I am out of the office until Monday
  I'm driving with Do Not Disturb While Driving turned on. I'll see your message when I get where I'm going.
  Liked “Dinner Fri? Reply YES or NO” | Loved “Dinner Fri? Reply YES or NO”
  Disliked “Dinner Fri? Reply YES or NO” | Laughed at “Dinner Fri? Reply YES or NO”
  Emphasized “Dinner Fri? Reply YES or NO” | Questioned “Dinner Fri? Reply YES or NO”
  Removed a like from “Dinner Fri? Reply YES or NO”
  Removed an exclamation from “Dinner Fri? Reply YES or NO”
  Reacted 🔥 to “Dinner Fri? Reply YES or NO” | 👍 to “Dinner Fri? Reply YES or NO”
  Liked an image | Loved it! | Loved “Dinner Fri? Reply YES or… | 2 | 1 | 3pm | 10 | +1
  tell me a joke | what's the weather | set an alarm for 6 | book a flight to boston
  order pizza | i want to change my pin | i need to know if my flight is on time
  please check my balance | can you repeat that | repeat what you said | explain please
  are you a robot | do you have pets | how old are you | find out if the store is open
  see if i can get a refund | i don't know how to reset my password
  i am not sure how to do my taxes | my computer won't start | I can't log in
  i can't find my phone | I'm sick of this weather | i am going to the store | I love pizza
  it is hot today | you are funny | that was a good joke | i'm so happy | Rose is in | good job
  good luck | have fun | have a good one | call me | call me when you can | I'll be late
  running late | not bad | not you again | why | why? | ok where is it | sounds good, what time?
  right? | really? | Is no an option? | how do i say no | what if i say no
  say yes to the dress | NULL | undefined | <script>alert('yes')</script>
  '; DROP TABLE users; -- | I said yes already | yes to A and no to B | yes. no. yes.
  yes no maybe | yes jk | no jk | Yes I'm not coming | I'm not not coming | can't complain
  Can't hurt | Nothing works | Notice the date | Nobody told me | Note to self | North side?
  Norman is in | Nova scotia | Nowadays I'm busy | Yesterday works | yesteryear
  Yessica is coming | Yeats is great | inside or outside? | Indian food? | Into it
  Surely you jest | Surestay hotel? | Okinawa | oklahoma | Ok so what is this | ok who is this
  okay but who is this | Fine print? | Great question | good question | Good to know
  Right now? | right or left | Cool where? | coolio | Down where? | Downtown? | down to earth
  Out front | Outside? | I'm outside | passed out | passport needed? | Pass it on | Maybelline
  May 5th? | Claro phone store | Sale ends soon | va beach | Dale Earnhardt | vale la pena?
  si or no | Siesta time | Dalessandro's? | I'm in traffic | I'm in the area | I'm in line
  im in bed | I'm in shock | im down the street | I'm out front | I'm out here | going home
  coming from work | I'm coming from work | see you never | See you later | I'm good | I'm fine
  I'm okay | all good | No worries | no comment | no hard feelings | no longer at this number
  No signal here | no cap | no lie | no pain no gain | no gifts? | No idea who this is
  no parking? | No gluten for me | No peanuts please | no se habla español
  not sure who this is | not 100% | k-pop | Y tho | y u no answer | N/A | na | nm | nvm | brb
  ttyl | lmao | wtf | omg | who dis
`);
const REQUESTS = replies(`
  i'm traveling to japan next week | i'm going to be traveling in spain please inform my bank
  i am on vacation in rome, freeze my card | please cancel my reservation for tonight
  cancel my 7pm dinner reservation | confirm my reservation for dinner
  i need to cancel a flight | i am unable to log into my account | i'm not able to sign in
  i'm not going to pay this bill | i don't want it to rain | sign me up for paperless billing
  add me to the list | the weather is nice today | this food is amazing | i like this song
  i love this song play more like it | i will go to the store | we can go over it
  i will be in paris next week what's the weather | i want to go to the beach
  i would like to know my balance | i can hear you | i can see it | i can swim | i do like cats
  i am a student | i am going to bed | i'm down with the flu | i have a meeting with john at 3
  i have two kids | i have a flat tire | i work at a bank | next time i go to paris book a hotel
  maybe you can help me with my bill | i am trying to find my phone
  i'm thinking about my vacation | i might need a new card
  give me a few restaurant suggestions | let me know the weather | let me hear some jazz
  let me see my transactions | let's talk about dogs | let's play a game | do the dishes
  do a barrel roll | turn off the lights | flip a coin | roll a die | go to sleep | go back
  make a call | i need a plumber | is it going to rain | nice to meet you | nice weather
  great job | good night | that's funny | that is so funny | you are awesome | you're the best
  i appreciate your help | thanks for the help | thanks a lot, you've been helpful
  see you later | bye | talk to you later | what's your name | who made you
  how do you say yes in spanish | say no in french | spell definitely | definition of perfect
  is okay a word | sure shot winners of the derby | perfect strangers tickets
  great wall of china history | fine for speeding in texas | cool places to visit
  right way to fold a shirt | in what year did ww2 end | out of office message
  down payment on a house | going rate for plumbers | coming attractions
  coming soon to theaters | pass me to an agent | certainly expensive | word of the day
  no country for old men showtimes | no smoking rooms in boston | no limit texas holdem rules
  never gonna give you up | maybe she's born with it | possible side effects of aspirin
  likely cause of headache | unlikely friends movie | help me find a restaurant
  help with my account | i need help | end the call | quit talking | start the car | start over
  info on flights | what is the opposite of no | is the answer yes | true or false
  yes or no question | true crime podcasts | correct time in london
  exactly how far is the moon | actually how tall is the tower | my flight is at 3
  my account is locked | i forgot my password | i lost my card | i dont know my account number
  i don't know what to cook tonight | i am not sure what to cook | i don't remember my pin
  not sure where my phone is | i can't find my keys | i can't remember | i can't hear you
  i couldn't get it to work | it doesn't work | my printer doesn't work | it is not working
  the wifi is not working | it's broken | that is not helpful | i don't mind | whatever
  anything is fine | any is fine by me | it's up to you | you choose | either one is fine
  i'm fine with anything | you decide | i don't care either way | it's all the same to me
  doesn't matter to me | olly, it does not matter | any will do | i don't give a damn
  makes no difference | pick any | please confirm | confirm please | please confirm that
  confirm the last command | can you confirm that for me | did you get that right
  did you understand me | is that correct | are you sure | are you sure about that
  check please | please check | please check it once | was that right | i need you to check it
  would you please verify | say that again | can you explain | what do you mean
  i do not understand | elaborate please | olly stop | abort | cancel this | please cancel
  could you cancel it | shut up | that's enough | never mind | stop talking | you misunderstood
  you got me wrong
`);
const QUESTIONS = replies(`
  Is it good? What time does it open? | And what's the price? | Okay. What's the address?
  Sounds good. How much is it? | Great. And the phone number? | Cool. Can I take pets?
  Perfect, does it have wifi? | Can I bring someone | Could you tell me the rating?
  I'd like to know the address | I want to know what time it starts | Tell me the price please
  Thanks. What's the rating? | Good. When does it leave? | Hmm, who directed it?
  Any other options? | What else | Is that one way | For how many people? | how far
  Would I need a coat? | Which date? | Do you know the fare? | Alright, what's the total?
`);
const BOTH_WAYS = replies(`
  yes but no | no but yes | Yes for dinner, no for the movie | no to dinner but yes to drinks
  I already said yes | not a no | not a yes | it's not a no | that's not a no
  why would I say no | Who said yes? | Did everyone say yes? | how many said yes | Tom says yes
  Tell Tom yes | tell him no | yes, sorry, no | no sorry yes | No wait | yes, just kidding | hmm
  YES OR NO | y/n | Y or N | Is that a yes or no | reply yes or no | What does yes do
  should I say yes | If yes then what | if no what happens | I can't say no | How can I say no?
  hell no I wouldn't miss it | no I wouldn't miss it | I'd be crazy to say no
  don't think I won't be there | 3 | 0 | 2 of us | me and 2 kids | 6pm | 7? | 555-1234 | 1 yes
  👍👎 | 😂 | 🎂 | 🔥 | 😢 | 🇺🇸 | 🥳🥳 | ✋
`);

describe('a text that is no answer', () => {
  it.each(LOOKALIKES)('%j only looks like one', (text) => {
    expect(understand(text, INVITE).kind).toBe('unknown');
  });
  it.each(REQUESTS)('%j wants something else', (text) => {
    expect(understand(text, INVITE).kind).toBe('unknown');
  });
  it.each(QUESTIONS)('%j asks', (text) => {
    expect(understand(text, INVITE).kind).toBe('unknown');
  });
  it.each(BOTH_WAYS)('%j cannot be held to either answer', (text) => {
    expect(understand(text, INVITE).kind).toBe('unknown');
  });
});
