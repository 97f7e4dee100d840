/**
 * How people spell on a phone, as data: the standard form and behind it the spellings that mean it.
 * A closed list instead of an edit distance, because at one letter from "no" stand now, not and so.
 */
import { wordSet } from './phrase-book.ts';

const FORMS = `
  yes = yse yed ys yees eys tes yws yesh yass yas yis yus yez yess yeas yes1 yues
  yes sir = yesir yessir yezzir
  yeah = yah yea yeh yeha ye yuh yeahh
  yep = yeap yeps yepp yepper yeppers
  yup = yups yupp yuppers
  nope = nop nopes noper npoe noep nooe nopp
  nah = naw nahh nay
  no = noo nno nel
  nuh uh = nuhuh
  ok = okay okey okie oki okk okays kk k oke okeydokey okiedokie okdok
  alright = alrighty alrite alight aight allright
  absolutely = absolutly absolutley
  definitely = defintely deffinitely definetely definately definitly definetly defo def defs
  of course = ofc ofcourse
  totally = totes
  obviously = obvs
  for sure = fs fosho forsure
  sure = shure suer
  maybe = mayb mabe mebbe mebe
  probably = prolly probly
  possibly = poss
  perfect = perf
  great = gr8 grt
  please = pls plz pleas plese plase pleae
  thanks = thx thnx thanx thks tks tnx ty tysm thank thnaks thansk thaks thanku thankyou
    | thanksyou thnks cheers
  sorry = sry srry soz
  you = u
  your = ur
  are = r
  because = bc cuz cos coz bcoz
  though = tho
  tomorrow = tmrw tmr tmw tomorow
  tonight = tonite
  right now = rn
  at the moment = atm
  i do not know = idk iono idunno
  do not know = dunno
  going to = gonna gona gunna
  want to = wanna
  have to = gotta hafta
  i am going to = imma ima
  let me = lemme
  on my way = omw
  no problem = np
  never mind = nvm nevermind
  let me know = lmk
  no worries = nw
  talk later = ttyl
  see you = cya cu
  with = w
  before = b4
  weekend = wknd
  people = ppl
  you all = yall
  something = smth sth
  be right back = brb
  honestly = ngl tbh
  just kidding = jk
  i am = im
  i have = ive
  do not = dont
  does not = doesnt
  did not = didnt
  can not = cant cannot cnt
  will not = wont
  would not = wouldnt
  could not = couldnt
  should not = shouldnt
  is not = isnt aint
  are not = arent
  was not = wasnt
  were not = werent
  have not = havent
  has not = hasnt
  had not = hadnt
  that is = thats
  it is = its
  let us = lets
  what is = whats
  where is = wheres
  who is = whos
  how is = hows
  when is = whens
  there is = theres
  you are = youre
  they are = theyre
  it will = itll
  that will = thatll
  you will = youll
  we have = weve
  she is = shes
  he is = hes
  that would = thatd
  it would = itd
  everything is = everythings
  s\u00ed = sip sipi siii sii
  que = q ke
  porque = xq pq
  por favor = porfa porfavor porfis
  gracias = grax grcs
  tal vez = talvez
  a lo mejor = alomejor
  tambien = tmb tb
`;

/** Standard form of a spelling, which may be several words. */
export const SPELLINGS: ReadonlyMap<string, string> = new Map(
  FORMS.replace(/\n\s*\|/gu, '')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [form = '', spellings = ''] = line.trim().split(' = ');
      return spellings.split(' ').map((spelling) => [spelling, form] as const);
    }),
);

/** Written with an apostrophe; the rest of such words is handled by shape in words.ts. */
export const CONTRACTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "can't": 'can not',
    "won't": 'will not',
    "shan't": 'will not',
    "ain't": 'is not',
    "let's": 'let us',
    "i'm": 'i am',
    "i'd": 'i would',
    "y'all": 'you all',
    "ma'am": 'maam',
    "c'mon": 'come on',
    "o'clock": 'oclock',
    "'cause": 'because',
    "d'accord": 'daccord',
  }),
);

/** Words people stretch ("sooo", "yesss", "noooo"); other runs of three keep two letters. */
export const STRETCHABLE = wordSet(`
  yes no yeah yep yup nope nah so sure ok please ya yea hey hi hello hell heck oh thanks sorry love
  cant can not maybe stop start help definitely absolutely very really way man dude guys lol ha si
  sip ay claro vale dale gracias super me too come on omg whoa wow nice perfect awesome go yay count
  in out down idk hmm hm um uh ugh aw k y n
`);
