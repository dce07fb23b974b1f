/** Which files of a choice can be sent, and why the others stay behind. */
import { describe, expect, it } from 'vitest';

import { checkFiles } from '../../../../web/chat/files/check-files.ts';

const MB = 1024 * 1024;

/** A file of a size that nobody has to hold. */
function aFile(name: string, type: string, size = 10): File {
  return Object.defineProperty(new File([], name, { type }), 'size', { value: size });
}

describe('a choice of files', () => {
  it('sends what can be sent, and names the rest', () => {
    const { allowed, refused } = checkFiles([
      aFile('bowl.jpg', 'image/jpeg'),
      aFile('film.mp4', 'video/mp4', 30 * MB),
      aFile('page.html', 'text/html'),
      aFile('nothing.txt', 'text/plain', 0),
      aFile('just.pdf', 'application/pdf', 25 * MB),
    ]);
    expect(allowed.map(({ name }) => name)).toEqual(['bowl.jpg', 'just.pdf']);
    expect(refused).toEqual([
      { name: 'film.mp4', code: 'too_large' },
      { name: 'page.html', code: 'unsupported' },
      { name: 'nothing.txt', code: 'invalid' },
    ]);
  });

  it('is of thirty files at most', () => {
    const many = Array.from({ length: 33 }, (_, index) => aFile(`${index}.png`, 'image/png'));
    const { allowed, refused } = checkFiles(many);
    expect(allowed).toHaveLength(30);
    expect(refused.map(({ name }) => name)).toEqual(['30.png', '31.png', '32.png']);
  });
});
