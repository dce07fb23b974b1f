/** Georgian: the words of the emoji picker, loaded with it. */
import type * as english from '../en/emoji.ts';

export const emoji: typeof english.emoji = {
  search: 'ემოჯის ძიება',
  none: 'ასეთი ემოჯი ვერ მოიძებნა',
  recent: 'ბოლოს გამოყენებული',
  groups: {
    smileys: 'ღიმილაკები',
    people: 'ადამიანები',
    nature: 'ცხოველები და ბუნება',
    food: 'საჭმელ-სასმელი',
    travel: 'მოგზაურობა და ადგილები',
    activities: 'აქტივობები',
    objects: 'ნივთები',
    symbols: 'სიმბოლოები',
    flags: 'დროშები',
  },
};
