import { describe, expect, it } from 'vitest';

import { NO_VALUE, resolve, type Scope } from '../../../lib/local/template/intrinsics.ts';

const scope: Scope = {
  ref: (name) => (name === 'AWS::NoValue' ? NO_VALUE : `ref-${name}`),
  getAtt: (id, attribute) => `${id}/${attribute}`,
  importValue: (name) => `imported ${name}`,
  condition: (name) => name === 'IsProd',
  mapping: (keys) => keys.join('>'),
};

describe('resolve', () => {
  it.each<[string, unknown, unknown]>([
    ['Ref', { Ref: 'Rooms' }, 'ref-Rooms'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Rooms', 'Arn'] }, 'Rooms/Arn'],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Rooms.Stream.Arn' }, 'Rooms/Stream.Arn'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'B' }, 'c']] }, 'a-ref-B-c'],
    ['Split', { 'Fn::Split': ['-', { Ref: 'B' }] }, ['ref', 'B']],
    ['Select', { 'Fn::Select': ['1', { 'Fn::Split': ['-', { Ref: 'B' }] }] }, 'B'],
    ['Sub with a reference', { 'Fn::Sub': 'x ${Rooms} ${Rooms.Arn}' }, 'x ref-Rooms Rooms/Arn'],
    ['Sub with a variable', { 'Fn::Sub': ['${v}!', { v: { Ref: 'A' } }] }, 'ref-A!'],
    ['Sub with a literal', { 'Fn::Sub': '${!stay}' }, '${stay}'],
    ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${A}' } }, 'imported ref-A'],
    ['FindInMap', { 'Fn::FindInMap': ['m', { Ref: 'A' }, 'k'] }, 'm>ref-A>k'],
    ['If, when true', { 'Fn::If': ['IsProd', 'yes', { Ref: 'No' }] }, 'yes'],
    ['If, when false', { 'Fn::If': ['IsDev', 'yes', { Ref: 'No' }] }, 'ref-No'],
    ['Equals', { 'Fn::Equals': [{ Ref: 'A' }, 'ref-A'] }, true],
    ['Not', { 'Fn::Not': [{ Condition: 'IsProd' }] }, false],
    ['And', { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] }, false],
    ['Or', { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] }, true],
    ['values in depth', { a: [{ b: { Ref: 'C' } }, 1, null] }, { a: [{ b: 'ref-C' }, 1, null] }],
    ['NoValue in an object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['NoValue in a list', [1, { Ref: 'AWS::NoValue' }], [1]],
  ])('resolves %s', (_, template, value) => {
    expect(resolve(template, scope)).toEqual(value);
  });

  it('takes an object with more keys than Ref for what it is', () => {
    expect(resolve({ Ref: 'a', other: 1 }, scope)).toEqual({ Ref: 'a', other: 1 });
  });

  it.each([
    [{ 'Fn::Base64': 'x' }, /Fn::Base64/u],
    [{ 'Fn::Select': [5, ['a']] }, /no item 5/u],
    [{ 'Fn::Join': ['', 'text'] }, /list/u],
  ])('names what it cannot resolve: %j', (template, message) => {
    expect(() => resolve(template, scope)).toThrow(message);
  });
});
