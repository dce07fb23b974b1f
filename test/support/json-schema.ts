/** Validators made from the served documents, for tests. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** Refuses what a schema refuses; `of` finds one by a JSON pointer into the document. */
export interface Validators {
  readonly of: (pointer: string) => ValidateFunction;
}

/** @param document as it goes over the wire: what JSON cannot carry is not in it */
export function validatorsOf(document: object): Validators {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  const id = 'https://parley.example/document';
  ajv.addSchema({ ...JSON.parse(JSON.stringify(document)), $id: id });
  return {
    of: (pointer) => {
      const validate = ajv.getSchema(`${id}${pointer}`);
      if (!validate) throw new Error(`Nothing in the document is at ${pointer}.`);
      return validate;
    },
  };
}

/** One segment of a JSON pointer in a URI. */
export function segment(text: string): string {
  return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** The document with every object closed: an answer may then have no field that the document does not name. */
export function closed<T>(value: T): T {
  const walk = (it: unknown): unknown => {
    if (Array.isArray(it)) return it.map(walk);
    if (typeof it !== 'object' || it === null) return it;
    const fields = Object.fromEntries(Object.entries(it).map(([key, one]) => [key, walk(one)]));
    const isObject = fields['type'] === 'object' && 'properties' in fields;
    return isObject ? { additionalProperties: false, ...fields } : fields;
  };
  return walk(value) as T;
}
