import { describe, expect, it } from 'vitest';
import { type ReplyContext, understand } from '../../../src/sms/understanding/index.ts';

/** Replies written for this test, " | " or a line break between two. */
const replies = (text: string) => text.trim().split(/\s*(?: \| |\n)\s*/u);
const INVITE: ReplyContext = { ctx: 'event' };
const YES = replies(`
  sí | Sí! | si | Si | sí gracias | si claro | claro | claro que sí | Claro que si!
  por supuesto | dale | va | sale | vale | sí, ahí estaré | ahí estaré | ahi estare
  allá nos vemos | cuenta conmigo | Cuenten conmigo | me apunto | sí voy | sí puedo | voy
  con gusto | perfecto | de acuerdo | está bien | me parece bien | sí pero llego tarde | simón
  órale | yo voy | cómo no | no hay problema | Sí, claro que voy | si, ahi nos vemos | Sip
  siii | Siiii!! | Claro! | claro, ahí nos vemos | Por supuesto que sí | Va!
  Sí, muchas gracias | Si por favor | sí, con mi esposa | Sí, somos 3 | sí vamos | Sí asistiré
  asistiré | Ahí estaremos | Allí estaré | Con mucho gusto | me encantaría | Seguro | obvio
  Nos vemos ahí | ya voy | Ya confirmé | Confirmado | Listo | No hay problema, ahí estaré
  Cómo no! | ¡Claro que sí! | que padre
`);
const NO = replies(`
  no puedo | No puedo ir | no voy | no voy a poder | no gracias | no, gracias | no podré
  No podemos ir | claro que no | por supuesto que no | para nada | lo siento no puedo
  lo siento, no voy a poder ir | tengo que trabajar | estoy ocupado | ya no puedo | esta vez no
  no creo | no creo que pueda | imposible | No, no puedo | no puedo, tengo que trabajar
  No voy a ir | no iré | no asistiré | No alcanzo | no creo poder | Lo siento, no | No esta vez
  hoy no | ya tengo planes | tengo otro compromiso | Estoy enfermo | No, gracias por invitar
  gracias pero no puedo | nel | ni modo, no puedo | Para nada | Me encantaría pero no puedo
  Quisiera pero no puedo | ¡No!
`);
const MAYBE = replies(`
  tal vez | quizás | quizá | no sé | no se | no sé si pueda | no lo sé | puede ser | depende
  si puedo | si puedo voy | si Dios quiere | te aviso | no estoy seguro | todavía no sé
  no sé todavía | Aún no sé | quizás sí | tal vez, te aviso | a ver | déjame ver
  luego te confirmo | si salgo temprano | Si me dan permiso | sí, si puedo
`);
const UNREAD = replies(`
  ¿a qué hora? | a que hora es | ¿dónde es? | gracias | hola | que? | ¿Sí? | Ok va
  mañana no puedo | nel pastel | jamás | Puede que sí | Creo que sí | creo que no
  Espero que sí | ¿Quién es? | ¿A qué hora es? | quien habla | Cuánto cuesta
  ¿Puedo llevar a mi hijo? | no entiendo | no hablo inglés | ¿No? | Si no puedo te aviso
  no manches | Feliz cumpleaños
`);
const OTHERS_YES = replies(`
  oui | ja | да | 是 | Oui | bien sûr | D'accord | Ja | Jawohl | sim | sì | certo | はい | نعم | 好的
`);
const OTHERS_NO = replies(`
  non | nein | нет | Non merci | Nein danke | não | Não posso ir | いいえ | нет, спасибо | לא | 不行
`);

describe('Spanish', () => {
  it.each(YES)('%j counts as coming', (text) => {
    expect(understand(text, INVITE).kind).toBe('yes');
  });
  it.each(NO)('%j counts as not coming', (text) => {
    expect(understand(text, INVITE).kind).toBe('no');
  });
  it.each(MAYBE)('%j decides nothing', (text) => {
    expect(understand(text, INVITE).kind).toBe('maybe');
  });
  it.each(UNREAD)('%j is no answer', (text) => {
    expect(understand(text, INVITE).kind).toBe('unknown');
  });
});

describe('other languages', () => {
  it.each(OTHERS_YES)('%j is a yes as the whole message', (text) => {
    expect(understand(text, INVITE).kind).toBe('yes');
  });
  it.each(OTHERS_NO)('%j is a no as the whole message', (text) => {
    expect(understand(text, INVITE).kind).toBe('no');
  });
});
