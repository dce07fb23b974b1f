import { expect, it } from 'vitest';

import { errorXml, S3Error, textsIn, xmlOf } from '../../../lib/local/objects/s3-error.ts';

it('writes a refusal with its details', () => {
  const error = new S3Error('EntityTooLarge', 'a < b & "c"', { MaxSizeAllowed: 5 });
  expect(error.status).toBe(400);
  expect(errorXml(error, 'r1')).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>EntityTooLarge</Code>' +
      '<Message>a &lt; b &amp; &quot;c&quot;</Message><MaxSizeAllowed>5</MaxSizeAllowed>' +
      '<RequestId>r1</RequestId></Error>',
  );
});

it('reads back what it wrote', () => {
  const keys = ['<a>', '&lt;', `"'`, 'ü'];
  const xml = xmlOf('Delete', { Object: keys.map((Key) => ({ Key })) });
  expect(textsIn(xml, 'Key')).toEqual(keys);
});

it('reads characters by their numbers', () => {
  expect(textsIn('<a><Key>&#65;&#x42;&#99999999;</Key></a>', 'Key')).toEqual(['AB&#99999999;']);
});

it('takes other text for no document', () => {
  expect(textsIn('{"Key": 1}', 'Key')).toBeUndefined();
});
