/**
 * A short closed list of answers in languages that have no grammar here. Only as the whole message,
 * because each of these may be a word of another language.
 */
import { phraseBook } from '../phrase-book.ts';

/** With accents folded, as plainWords leaves them. */
export const OTHER_LANGUAGES = phraseBook(`
  (oui|ouais|bien sur|daccord|avec plaisir) merci? = yes
  (ja|jawohl|na klar|klar|gerne|ja gerne) danke? = yes
  (sim|com certeza|va bene|certo|certamente) obrigado? = yes
  \u0434\u0430|\u043a\u043e\u043d\u0435\u0447\u043d\u043e|\u306f\u3044|\ub124|\uc608|\u662f
    |\u662f\u7684|\u597d|\u597d\u7684|\u53ef\u4ee5|\u0646\u0639\u0645|\u05db\u05df = yes
  non merci? = no
  (nein|nee) danke? = no
  nao (posso|vou)? (ir)? (obrigado|obrigada)? = no
  \u043d\u0435\u0442 \u0441\u043f\u0430\u0441\u0438\u0431\u043e? = no
  \u3044\u3044\u3048|\u4e0d|\u4e0d\u884c|\u4e0d\u662f|\u0644\u0627|\u05dc\u05d0 = no
  vielleicht|peut etre|talvez|forse = maybe
`);
