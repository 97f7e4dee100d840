/*
 * Values for a zod schema: one that fits, and one more for each choice that its form leaves open (an
 * enum's members, null, true and false, a field left out, an empty text or list). Knows no chart.
 */
import { z } from 'zod';

type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};

/** The id in every field that takes one, so that what names the same thing meets. */
export const ID = '99999999-9999-4999-8999-999999999999';
export const PHONE = '+14155550101';

/** The first fits best; every one of them is taken by the schema. */
export function samplesOf(schema: z.ZodType): readonly unknown[] {
  const json = z.toJSONSchema(schema, { io: 'input' }) as Schema;
  return valuesOf(json, '').filter((value) => schema.safeParse(value).success);
}

function valuesOf(schema: Schema, name: string): readonly unknown[] {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return schema.enum;
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((one) => valuesOf(one, name));
  switch (schema.type) {
    case 'object':
      return objectsOf(schema);
    case 'array':
      return [[valuesOf(schema.items ?? {}, name)[0]], ...((schema.minItems ?? 0) > 0 ? [] : [[]])];
    case 'boolean':
      return [true, false];
    case 'integer':
    case 'number':
      return [Math.max(1, schema.minimum ?? 1)];
    case 'null':
      return [null];
    default:
      return textsOf(schema, name);
  }
}

function textsOf({ format, pattern, minLength = 0 }: Schema, name: string): readonly unknown[] {
  // Words of registries: what the parser says of itself is never empty.
  if (name === 'parserVersion') return ['1.0.0'];
  if (name === 'rule') return ['none'];
  if (format === 'uuid') return [ID];
  if (pattern?.includes('\\+') === true) return [PHONE];
  return ['none', ...(minLength > 0 ? [] : [''])];
}

/** All fields at their first value, then one field at a time at each other value or left out. */
function objectsOf({ properties = {}, required = [] }: Schema): readonly unknown[] {
  const fields = Object.entries(properties).map(([name, schema]) => ({
    name,
    values: valuesOf(schema, name),
    optional: !required.includes(name),
  }));
  const first = Object.fromEntries(fields.map(({ name, values }) => [name, values[0]]));
  const others = fields.flatMap(({ name, values, optional }) => {
    const { [name]: _, ...without } = first;
    const changed = values.slice(1).map((value) => ({ ...first, [name]: value }));
    return optional ? [...changed, without] : changed;
  });
  return [first, ...others];
}
