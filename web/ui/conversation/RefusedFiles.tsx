/** Which of the chosen files stay behind, and why. */
import type { ConversationLabels, SeldomLabels } from './labels.ts';
import { useSeldom } from './use-seldom.ts';

/** A file that stays behind. */
export interface RefusedFileView {
  name: string;
  /** Of the contract's error codes. */
  code: string;
}

interface RefusedFilesProps {
  files: readonly RefusedFileView[];
  labels: ConversationLabels;
}

/** As many names as fit. */
const NAMED_FILES = 3;

/** One sentence for each of the first ones; their names alone until its words are there. */
export function RefusedFiles({ files, labels }: RefusedFilesProps) {
  const words = useSeldom(labels);
  const lines = files
    .slice(0, NAMED_FILES)
    .map(({ name, code }) =>
      words === null ? isolated(name) : sayWhy(code, words)(isolated(name)),
    );
  return [...lines, ...(files.length > NAMED_FILES ? [`+${files.length - NAMED_FILES}`] : [])].join(
    ' ',
  );
}

function sayWhy(code: string, words: SeldomLabels): (name: string) => string {
  if (code === 'too_large') return words.fileTooLarge;
  if (code === 'invalid') return words.fileEmpty;
  return code === 'unsupported' ? words.fileUnsupported : words.filesTooMany;
}

const LONGEST_NAME = 60;

/** The beginning of a name, whose own direction stays within it. */
function isolated(name: string): string {
  const beginning = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  return `\u2068${beginning.toWellFormed()}\u2069`;
}
