import { describe, expect, it } from 'vitest';
import { type ReplyContext, understand } from '../../../src/sms/understanding/index.ts';

/** Replies written for this test, " | " or a line break between two. */
const replies = (text: string) => text.trim().split(/\s*(?: \| |\n)\s*/u);
const INVITE: ReplyContext = { ctx: 'event' };
const MAYBES = replies(`
  maybe | Maybe! | perhaps | possibly | I'm not sure | not sure if I can make it | unsure | idk
  I don't know | i don't know yet | dunno | no idea | I have no idea | might | I might
  might be able to | I might be able to make it | it depends | depends | depends on work
  depends on the weather | tbd | let me check | let me check my calendar | I'll let you know
  will let you know | I'll get back to you | we'll see | I'll try | I'll try to make it
  hopefully | Hoping to | probably | probably not | Prob yes | on the fence | can't decide
  can't make up my mind | I can't say | can't say for sure | hard to say | yes and no
  maybe yes maybe no | could go either way | it's possible | i haven't decided
  haven't decided yet | I'm undecided | Yes if I can get off work | yes unless it rains
  I'll come if I can | if i get off early | only if it's free | yes maybe | yeah probably
  maybe, what time? | I don't know if I can make it | not 100% sure | need to check with my wife
  have to ask my boss | Ask me later | thinking about it | it's a maybe | i'm a maybe
  put me down as a maybe | that remains to be seen | I couldn't tell you
  I cannot say yes or no | i am uncertain | 🤷 | 🤷‍♀️ | 🤷🏻‍♂️ | I think I can make it | i guess
  Possibly! | Maybe, will let you know | Maybe if my shift gets covered | tentatively yes
  Tentative | leaning yes | leaning no | Let me see | Let me see if I can get a sitter
  let me talk to my wife | gotta check with the boss | need to check my schedule
  I'll check and let you know | will confirm later | I'll confirm tomorrow
  still figuring it out | still not sure | not sure yet, will let you know
  unsure at this point | Don't know yet | I don't know my schedule yet | Idk yet | idk man
  no idea yet | can't commit yet | Can't say yet | too early to say | it's up in the air
  Up in the air | I'd say 50/50 | Probably yes | probably can't | Most likely | most likely not
  hopefully! | Hope so | I hope to | I hope I can make it | if I can | if I'm free
  If I finish work early | Yes, if it's after 6 | yes as long as it doesn't rain
  Yes assuming I get off work | only if Dave is coming | unless something comes up yes
  Yes, depending on traffic | Depends on the day | Depends who's going | might be late
  may or may not | Maybe, what time? | Maybe not | It's a possibility | who knows lol
  ask me tomorrow | Ask me Friday | We'll see how I feel | will see | I'll try to come
  trying to get off work | considering it | I'm torn
`);
const ASSISTANT_TALK = replies(`
  i'm not entirely sure | could be either one | i don't have the answer | that's hard to say
  i'll have to think on it | i have to think about it | i'm still deciding
  i don't have enough info | it could be so | it may be true | i suppose | i am neutral
  i'm unsure about that | i can't really say yes or no | possible | let me think
  that could happen | i can't give you a definite answer | there's a chance | maybe so
  who can say | there's no way to be sure | i can't be certain | the jury is still out
  i'm leaning towards yes | i don't know about that | i really don't know | i do not have a clue
  i'm unable to decide | i can't answer that | maybe not | maybe yes | maybe no | perhaps not
  it might be | it may or may not be | kinda | sort of | it's uncertain | that's uncertain
  I don't really know | not certain | i'm not certain | i can't be sure | I wish I knew
  that's debatable | i have yet to decide | maybe next time | i doubt it | I could do that
  Should be able to make it | I should be there | I'll try my best | I'll do my best to be there
  Yes I think that would work | Yes, I guess so | Yes, that might work | 🤷‍♂️ maybe | 🤔
`);

describe('a maybe', () => {
  it.each(MAYBES)('%j decides nothing', (text) => {
    expect(understand(text, INVITE)).toMatchObject({ kind: 'maybe', reason: 'maybe' });
  });
  it.each(ASSISTANT_TALK)('%j leaves it open', (text) => {
    expect(understand(text, INVITE).kind).toBe('maybe');
  });
});
