/** Georgian: what the staff do in the inbox besides writing. */
import type { desk as english } from '../en/desk.ts';
import { pluralOf } from '../plural.ts';

const plural = pluralOf('ka');

export const desk: typeof english = {
  settings: 'პარამეტრები',
  marked: 'მონიშნულია წაუკითხავად',
  newer: (count) => plural(count, { other: '# ახალი ზემოთ' }),
  moreFailed: 'შემდეგი მიმოწერები ვერ ჩაიტვირთა.',
  waits: (age) => `ელოდება ${age}`,
  assignedTo: (name) => `პასუხისმგებელი: ${name}`,
  backToRoom: 'მიმოწერაზე დაბრუნება',
  askedBefore: 'ადრე იკითხა',
  noNotes: 'აქ იქნება ის, რაც თქვენმა გუნდმა ამ მომხმარებელზე უნდა იცოდეს.',
  find: {
    label: 'ძიება ჩატვირთულ მიმოწერებში',
    placeholder: 'სახელი, ნივთი ან იარლიყი',
    nothing: {
      title: 'ვერაფერი მოიძებნა',
      text: 'ძიება მხოლოდ ჩატვირთულ მიმოწერებში ხდება. სცადეთ სხვა სიტყვა ან ჩატვირთეთ მეტი.',
    },
    searched: (count) => plural(count, { other: 'მოძიებულია # ჩატვირთულ მიმოწერაში' }),
    loadMore: 'მეტის ჩატვირთვა',
  },
  choose: {
    several: 'რამდენიმეს არჩევა',
    all: (count) => plural(count, { other: 'ყველა ჩატვირთული (#)' }),
    end: 'მზადაა',
    count: (count) => plural(count, { other: 'არჩეულია #' }),
  },
  bulk: {
    close: 'დახურვა',
    reopen: 'ხელახლა გახსნა',
    progress: {
      close: (done, total) => `იხურება: ${done} / ${total}`,
      reopen: (done, total) => `იხსნება ხელახლა: ${done} / ${total}`,
    },
    stop: 'შეჩერება',
    done: {
      close: (count) => plural(count, { other: 'დაიხურა # მიმოწერა' }),
      reopen: (count) => plural(count, { other: 'ხელახლა გაიხსნა # მიმოწერა' }),
    },
    failed: (names) => `ვერ მოხერხდა: ${names}`,
    again: 'მათი ხელახლა ცდა',
    undo: 'გაუქმება',
    dismiss: 'დამალვა',
  },
  help: {
    open: 'კლავიატურის მალსახმობები',
    title: 'კლავიატურის მალსახმობები',
    close: 'დახმარების დახურვა',
    use: 'ამ მალსახმობების გამოყენება',
    keys: {
      next: 'შემდეგი მიმოწერა',
      previous: 'წინა მიმოწერა',
      close: 'მიმოწერის დახურვა ან ხელახლა გახსნა',
      compose: 'პასუხის დაწერა',
      replies: 'შენახული პასუხები',
      help: 'ეს დახმარება',
    },
  },
  newerMessages: {
    ask: (count) => plural(count, { other: '# უფრო ახალი შეტყობინება. მაინც გაიგზავნოს?' }),
    send: 'მაინც გაგზავნა',
    keep: 'წერის გაგრძელება',
  },
  replies: {
    label: 'შენახული პასუხები',
    several: (count) => plural(count, { other: '# შეტყობინება' }),
    loading: 'შენახული პასუხები იტვირთება',
    failed: 'შენახული პასუხები ვერ ჩაიტვირთა. შეამოწმეთ კავშირი და ხელახლა აკრიფეთ /.',
    none: 'შენახული პასუხები ჯერ არ არის. დაამატეთ პარამეტრებში.',
    nothing: 'შესაფერისი პასუხი ვერ მოიძებნა. განაგრძეთ წერა, რომ ასე გაიგზავნოს.',
    following: 'გაიგზავნება მის შემდეგ',
    leaveOut: 'გამოტოვება',
  },
  assign: {
    title: 'პასუხისმგებელი',
    take: 'ჩემთვის მინიჭება',
    nobody: 'არავინ',
    me: (name) => `${name} (თქვენ)`,
  },
  labels: {
    title: 'იარლიყები',
    remove: (label) => `იარლიყის მოხსნა: ${label}`,
    add: 'იარლიყის დამატება',
    name: 'იარლიყი, შემდეგ Enter',
    used: 'გამოყენებული იარლიყები',
  },
};
