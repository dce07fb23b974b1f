/** Which of the chosen files stay behind, and why. */
import type { ConversationLabels } from './labels.ts';

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

/** One sentence for each of the first ones. */
export function RefusedFiles({ files, labels }: RefusedFilesProps) {
  const lines = files.slice(0, NAMED_FILES).map(({ name, code }) => {
    const say = code === 'too_large' ? labels.fileTooLarge : sayOther(code, labels);
    return say(isolated(name));
  });
  return [...lines, ...(files.length > NAMED_FILES ? [`+${files.length - NAMED_FILES}`] : [])].join(
    ' ',
  );
}

function sayOther(code: string, labels: ConversationLabels): (name: string) => string {
  if (code === 'invalid') return labels.fileEmpty;
  return code === 'unsupported' ? labels.fileUnsupported : labels.filesTooMany;
}

const LONGEST_NAME = 60;

/** The beginning of a name, whose own direction stays within it. */
function isolated(name: string): string {
  const beginning = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  return `\u2068${beginning.toWellFormed()}\u2069`;
}
