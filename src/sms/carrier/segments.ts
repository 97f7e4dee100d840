/**
 * How many SMS a body costs, and what the carrier makes of its characters. Counted with Twilio's
 * smart encoding, because every text is sent with it: curly quotes and dashes become GSM-7 ones.
 */
import { SegmentedMessage } from 'sms-segments-calculator';

/** Characters of GSM-7 that take one place each and that smart encoding leaves alone. */
const PLAIN = /^[\n !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z]*$/;
const ALONE = 160;
/** Each part of a longer text begins with a header of seven places. */
const IN_PARTS = 153;

/** Segments as billed, and the alphabet: one letter outside GSM-7 makes the whole text UCS-2. */
export function segmentsOf(body: string): {
  readonly segments: number;
  readonly encoding: 'gsm7' | 'ucs2';
} {
  // The library takes half a millisecond for what most texts need not.
  if (PLAIN.test(body)) {
    const segments = body.length <= ALONE ? 1 : Math.ceil(body.length / IN_PARTS);
    return { segments, encoding: 'gsm7' };
  }
  const counted = new SegmentedMessage(body, 'auto', true);
  return {
    segments: Math.max(1, counted.segmentsCount),
    encoding: counted.encodingName === 'GSM-7' ? 'gsm7' : 'ucs2',
  };
}

/** The body as it stands at the carrier after smart encoding. */
export const smartEncoded = (body: string): string =>
  new SegmentedMessage(body, 'auto', true).graphemes.join('');
