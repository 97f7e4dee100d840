/**
 * The small words around an answer: openers that are skipped, and tails that leave an answer as it
 * is. A phrase followed by any other word is not the phrase: "i am in" but not "i am in chicago".
 */
import { phraseBook, wordSet } from '../phrase-book.ts';
import { CLASSES } from './word-classes.ts';

/** Carry no answer; skipped at the beginning of a clause. */
export const FILLERS = phraseBook(
  `
  hi|hey|hello|hiya|yo|heya|howdy|oh|ohh|ah|aww|aw|ooh|oooh|ay|well|um|umm|uh|uhm|er|erm|hmm|hm
    |ugh|ha|haha|hahaha|lol|lmao
  (hi|hey|hello|hiya|good morning|good evening|good afternoon) (there|all|everyone|guys|man|dude
    |you guys|friend|again)?
  please !(confirm|check|cancel|stop)
  so|and|also|omg|wow|whoa|gosh|gee|honestly|frankly|then|just|like|man|dude|bro|buddy|girl|guys
    |everyone|dear|yay|woo|woohoo|woot|hooray
  <thanks>
  many thanks
  thanks (you)? (so much)? for (the|your|this)? (invite|invitation|inviting (me|us)|asking
    |thinking of (me|us)|having (me|us)|letting me know|reaching out|offer|reminder|heads up
    |including (me|us))
  (i|we)? (really|do|very much|so|greatly)? appreciate (it|that|the (invite|invitation|offer
    |thought)|(all)? (your|the) (help|offer|support|time|assistance|invite))
  so? sorry (guys|all|man|everyone|for the (delay|late (reply|response)|slow reply)|about (that
    |it)|to (say|miss (it|this|out)))?
  (i|we) <am> (so|very|really|terribly)? sorry (to (say|miss (it|this|out))|for the (delay
    |late (reply|response))|guys|about (that|it)|that)?
  (my)? apologies (for the (delay|late (reply|response)))?
  unfortunately|sadly|regrettably|regretfully|alas|luckily|fortunately|happily|personally
    |seriously
  (i am)? afraid (that)?
  (it)? (looks|seems|turns out) (like|that)?
  to be (honest|frank|fair|clear)|as (for (me|us)|of (now|right now|today))|for (my|our) part
    |in that case|on my (end|side)|from my (end|side)|at (the|this) (moment|time|point)|right now
    |i (would)? have to say|i must say|i must admit|you know what|i mean|as i said
    |like i said
  oye|hola|buenas|buenos dias|buenas (tardes|noches)|pues|amigo|amiga|mira|bueno pues|la verdad
    |que pena|(lo siento|perdon|disculpa|disculpen|una disculpa) (mucho)?
  (muchas|mil)? gracias (por (la invitacion|invitarme|invitar|avisar|todo|preguntar
    |pensar en mi))?
  lamentablemente|desafortunadamente|por desgracia|desgraciadamente|fijate que|ay no|hijole
  @noise|@polite
`,
  CLASSES,
);

/** May follow a whole answer. '#' stands for any number, hour or day of the month. */
export const TAIL = wordSet(`
  thanks thank you sorry pleasure one so much very a an lot lots alot bunch again please too also
  as well really definitely absolutely totally certainly @surely for sure of course to with by
  about on in at the this that these those it its then there here my mine me us our i we am be is
  are will would can have had man dude bro buddy mate need guys guy girl friend friends sir maam
  everyone everybody all yall folks fam team haha hahaha lol ha now right today tonight tomorrow
  later soon next week weekend time times date day night morning afternoon evening noon end part
  pm am ish # dinner lunch brunch breakfast party hike game bbq barbecue event meeting meetup
  drinks show movie trip picnic wedding shower birthday bday invite invitation plan plans idea
  @glad @noise @polite @fine yes yeah yep yup ok good great perfect nice fun awesome cool amazing
  exciting excited love happy like sounds see ya both and just go ahead up anytime any always
  exactly actually honestly indeed no kind inviting asking help support info update everything
  reminder heads thinking monday tuesday wednesday thursday friday saturday sunday mon tue tues
  wed thu thur thurs fri sat sun weekends gracias muchas mucho mucha por favor amigo amiga amigos
  hermano ahi alla alli aqui nos vemos todo todos todas bien muy que el la los las de con en para
  mi al hoy manana noche tarde dia lunes martes miercoles jueves viernes sabado domingo claro
  seguro yo si s\u00ed se eso invitacion invitar invitarme avisar entonces tambien ya pues gusto
  fiesta cena comida senor senora jaja jajaja jeje saludos abrazo esta vez semana cosa nada
`);

/** May follow a single word that answers: politeness and address. */
export const SMALL_TAIL = wordSet(`
  thanks thank you sorry so much very a lot alot bunch again please too also as well really
  definitely absolutely totally certainly @surely for sure of course to with me us then man dude
  bro buddy mate guys girl friend friends sir maam everyone everybody all yall folks fam team
  haha hahaha lol yes yeah yep yup ok good great perfect awesome cool see ya there just exactly
  actually indeed sounds monday tuesday wednesday thursday friday saturday sunday today tonight
  tomorrow @glad @noise @polite @fine that it this works do let gracias muchas por favor amigo
  amiga amigos hermano bien muy claro seguro jaja jajaja saludos ahi entonces pues ya todo
`);

/** May follow an undecided answer: talk about the answer itself. */
export const UNDECIDED_TAIL = wordSet(`
  feel best let yet right now about that this it the answer answers to say saying tell you how
  what is be will would if whether i we me us can could make come go attend able there for
  certain sure exactly really honestly sorry at moment time until till later tomorrow today
  tonight my schedule work works plans of on as so in either way a an or and not do does did am
  are was one other yes no well much point response respond reply question first then though here
  thanks please guys man lol haha still just think know kind too with confidence certainty clue
  all completely true correct available free decision decide yeah ok maybe perhaps day date week
  weekend because from up everyone have any anymore which false both possible even ever believe
  going probably definitely definite thing kids wife husband boss sitter babysitter ask check
  calendar see get off out @noise @polite monday tuesday wednesday thursday friday saturday
  sunday given moment been answering town being late little bit minute friend friends family
  partner people parents pues si puedo pueda ir gracias que manana hoy poder
`);
