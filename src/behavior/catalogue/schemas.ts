import type { z } from 'zod';
import type { Registries } from '../registries.ts';
import type { EventType } from '../vocabulary.ts';
import { createAtoms } from './atoms.ts';
import { crewTypes, gatheringTypes, nudgeTypes } from './fact-types.ts';
import { flowTypes, pickerTypes } from './flow-types.ts';
import { replyTypes, sayingTypes, silenceTypes } from './invitee-types.ts';
import { smsTypes, snapshotTypes, troubleTypes } from './system-types.ts';
import { pushTypes, sessionTypes } from './visit-types.ts';

/** The strict schema of each type's metadata, over these registries. */
export function createSchemas(registries: Registries) {
  const a = createAtoms(registries);
  return {
    ...sessionTypes(a),
    ...flowTypes(a),
    ...pickerTypes(a),
    ...crewTypes(a),
    ...gatheringTypes(a),
    ...nudgeTypes(a),
    ...pushTypes(a),
    ...silenceTypes(a),
    ...replyTypes(a),
    ...sayingTypes(a),
    ...smsTypes(a),
    ...troubleTypes(a),
    ...snapshotTypes(a),
  } satisfies Record<EventType, z.ZodObject>;
}
type Schemas = ReturnType<typeof createSchemas>;

/** The metadata of a row of each type; registry members are plain strings here. */
export type Metadata = { readonly [T in EventType]: Readonly<z.output<Schemas[T]>> };
