/** The public face of reply understanding: text in, reading out. */

export { LENGTH_BANDS, type LengthBand, lengthBandOf } from './clean.ts';
export { type CodedAnswer, codedAnswers } from './coded.ts';
export { type NeutralReading, neutralReading } from './neutral.ts';
export {
  type Certainty,
  PARSER_VERSION,
  type Reading,
  type ReadingKind,
  type ReplyContext,
  UNKNOWN_REASONS,
  type UnknownReason,
} from './reading.ts';
export { RULES, type Rule } from './rules.ts';
export { understand } from './understand.ts';
