/** What people write around a choice, and replies that mean all choices, none, or the last. */
import { phraseBook, wordSet } from '../phrase-book.ts';

/**
 * May stand beside a choice. With any other word the reply is no vote: "room 2 at the library".
 */
export const AROUND_A_CHOICE = wordSet(`
  i we me us my our mine would will like love want wanna prefer preferred preference pref choose
  choosing chose pick picking picked vote votes voting voted go gonna going with is am are be
  option options number num choice choices opt opting slot slots day date answer answers one ones
  the that this those these it them they work works working best better good great fine ok
  perfect awesome nice cool ideal please thanks you thank can could do make both either any all
  and or also too as well for sure sounds sound let say said put down select mark sign up count
  in favor free available yes yeah yep yup sure definitely absolutely totally then guess think
  just opinion honestly to on of hi hey hello so much very a an most more looks look seems here
  there only everyone team alright idea time times my lol haha way really super happy ready
  favorite fav top rather from your list above offered convenient suits suit fits fit yay equally
  dale vale whichever man dude guys folks anyway btw first equally probably_ here's bet agreed
  deal opcion opciones la el las los y e o u voto por me gusta gustaria quiero prefiero puedo
  podemos queda va mejor bien con gracias favor numero para mi nos sirve funciona elijo escojo
  tambien si s\u00ed claro perfecto dia ambas ambos que es son estan estaria seria hola
`);
/** Each makes the numbers in its clause unwanted. */
export const NEGATIONS = wordSet(`
  not no never nope nah except without neither nor minus excluding besides none bad worst hate
  skip avoid conflict busy tampoco menos excepto sin ninguna ninguno
`);
/** A number in a clause with one of these is not settled. */
export const TENTATIVE = wordSet(`
  maybe perhaps possibly probably might if unless depends depending tentatively leaning unsure
  hopefully otherwise quiza quizas tal depende
`);
export const QUESTION_WORDS = wordSet('what when where who which how why que cuando donde cual');

/** Every choice; the value tells that there must be two. */
export const ALL = phraseBook(`
  (i|we|can|could|will|would|am|are|do|make|free|good|ok|fine|available|open|for|with|yes|to|any
    |all|like|happy|vote|choose|pick)* (all|any|each|anything|everything|every one|any time
    |anytime|any day|all three|all four|all # of)
  (i|we|can|could|will|would|am|are|do|make|free|good|ok|fine|available|open|for|with|yes|to|like
    |happy|vote|choose|pick)* (both|either) = two
  (todas|todos|cualquiera|las tres|los tres|me (da|va) igual)
  (ambas|ambos|las dos|los dos) = two
`);
export const ALL_TAIL = wordSet(`
  of the them those these options option three two four five days day times time one dates date
  slots above work works is are will would can do does sounds looks good fine great ok perfect
  for with me us well alright equally please thanks happy dos tres nos va van bien sirve sirven
  queda quedan funciona funcionan que esta estan opciones fechas
`);
export const NONE = phraseBook(`
  (sorry|unfortunately|no|i am afraid)* (none|neither|no one|not any|nada|ninguna|ninguno|@nobody)
  (sorry|unfortunately|no)* (i|we)? (can|could|do|will|am|are) not (be|do|make|free|available
    |work|able|to|for|on|any|make it|good|like|come|attend)* (any|either|all|none)
  (sorry|unfortunately|no)* (any|either) of (them|those|these) (do|does|will|would) not
`);
export const NONE_TAIL = wordSet(`
  of them these those the that this any options option dates date times time days day slots above
  one ones work works working for me us sorry thanks is are will would good ok do does
  unfortunately can i we make to on it at all am free available suit suits fit fits please either
  anymore de las los me va van queda quedan funciona funcionan sirve puedo esas esos opciones
  gracias lo siento
`);
/** "The last one" is a choice by place. */
export const LAST = phraseBook(`
  (i|we|please|would|will|prefer|pick|choose|vote|for|like|go|with|can|do|make)* (the|la
    |el)? (last|final|ultima|ultimo) (one|option|choice|day|date|time|slot|opcion)?
`);
export const LAST_TAIL = wordSet(
  'please thanks works work for me is best good fine great gracias por favor',
);
