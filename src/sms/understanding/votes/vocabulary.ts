/**
 * The words that may stand around a choice without being part of it. A poll reply with any other
 * word beside its number is not a vote: "room 2 at the library".
 */
const split = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/u));

export const AROUND_A_CHOICE = split(`
  i we me us my our mine would will like love want wanna prefer preferred preference pref choose choosing chose pick picking picked vote
  votes voting voted go going gonna with is am are be option options number num no. choice choices opt opting slot day date answer answers
  one the that this these those it them works work working best better good great fine ok perfect awesome nice cool ideal please
  thanks you thank can could do make both either any all and or also too as well for sure sounds sound let say said put down
  mark sign up count in favor free available yes yeah yep yup sure definitely absolutely totally then guess think just
  to on of hi hey hello so much very a an most more works works. looks look seems here there only opcion opciones la el las los y e o
  u voto por me gusta gustaria quiero prefiero puedo podemos queda va mejor bien con gracias favor numero para mi nos sirve funciona
  elijo escojo tambien si s\u00ed claro perfecto dia ambas ambos que es son estan everyone team alright idea time times if_any second_best
  lol haha way too really super pls happy am ready would's favorite fav top rather from your list above offered convenient suits suit
  fits fit good. yay equally okay dale vale either. whichever man dude guys folks all. honestly probably_not but anyway btw`);

/** Each makes the numbers in its clause unwanted. */
export const NEGATIONS = split(
  'not no never nope nah except without neither nor minus excluding besides cannot tampoco menos excepto sin bad worst hate skip avoid conflict busy',
);
/** A number in a clause with one of these is not settled. */
export const TENTATIVE = split(
  'maybe perhaps possibly probably might if unless depends depending tentatively leaning unsure hopefully quiza quizas tal depende',
);
export const QUESTION_WORDS = split('what when where who which how why que cuando donde cual');

/** Whole replies that mean every choice; "both" only where there are two. */
export const ALL =
  /^(?:(?:i (?:am |can |could |will )?(?:do |make |free |good |ok |fine |available |open |for |with )*|(?:any|all|both|either) )?(?:yes )?(?:to )?(?:all|any|both|either|every one|each|anything|everything|todas|todos|cualquiera|ambas|ambos|las dos|los dos|las tres|los tres|any time|anytime|any day)(?: (?:of|the|them|those|these|options?|three|two|four|five|day|days|time|times|one|dates?|slots?|above|dos|tres|me|nos|va|van|bien|sirven?|queda|quedan|funcionan?|que|esta|estan))*(?: (?:work|works|is|are|will|would|can|do|sounds?|looks?|good|fine|great|ok|perfect|for|with|me|us|well|alright|equally|please|thanks|happy))*)$/u;
export const BOTH = /(?:^| )(?:both|either|ambas|ambos|las dos|los dos)(?= |$)/u;
/** Whole replies that refuse every choice. */
export const NONE =
  /^(?:sorry |unfortunately |no |i am afraid )*(?:none|neither|no one|ninguna|ninguno|nada|not any|(?:i |we )?(?:can|could|do|will|am|are)(?: not| never)+ (?:be |do |make |free |available |work |able to |for |on |any |make it )*(?:any|either|none|all|on any)|none)(?: (?:of|them|these|those|the|that|this|any|options?|dates?|times?|days?|slots?|above|one|ones|work|works|working|for|me|us|sorry|thanks|is|are|will|would|good|ok|do|unfortunately|can|i|we|make|to|on|it|at|all|de|las|los|me|va|van|queda|quedan|funciona|funcionan|sirve|puedo|esas|esos|opciones|time|gracias|lo|siento|am|free|available|suit|suits|fit|fits|please))*$/u;
/** "the last one" is a choice by place. */
export const LAST =
  /^(?:i |we |please |would |will |prefer |pick |choose |vote |for |like |go |with |can |do |make )*(?:the |la |el )?(?:last|final|ultima|ultimo)(?: (?:one|option|choice|day|date|time|slot|opcion|please|thanks|works?|for|me|is|best|good|fine))*$/u;
