import { describe, expect, it } from 'vitest';
import { codedAnswers } from '../../../src/sms/understanding/index.ts';

const said = (text: string) =>
  codedAnswers(text)
    .map(({ code, rest }) => `${code}=${rest}`)
    .join(' | ');

describe('answers by letter', () => {
  it.each([
    ['B', 'B='],
    ['b.', 'B='],
    ['B yes', 'B=yes'],
    ['yes B', 'B=yes'],
    ['A: 2', 'A=2'],
    ['A yes, B no', 'A=yes | B=no'],
    ['A yes B no', 'A=yes | B=no'],
    ['A: yes. B: no', 'A=yes | B=no'],
    ['A yes\nB no', 'A=yes | B=no'],
    ['yes to A and no to B', 'A=yes | B=no'],
    ['yes A no B', 'A=yes | B=no'],
    ['A yes; B no; D 2', 'A=yes | B=no | D=2'],
    ['A yes but B no', 'A=yes | B=no'],
    ['A sí, B no puedo', 'A=sí | B=no puedo'],
    ['A and B yes', 'A=yes | B=yes'],
    ['A, B: no', 'A=no | B=no'],
    ['yes to A and B', 'A=yes | B=yes'],
    ['A and B', 'A= | B='],
  ])('%j says %s', (text, answers) => {
    expect(said(text)).toBe(answers);
  });

  it.each([
    'yes',
    'a friend told me',
    'plan B',
    'yes, and bring a salad',
    'A yes, A no',
    'vitamin A and D',
    'yes one',
    'no one',
    'no, I have a game',
    'Liked “A yes, B no”',
    'A yes B no D yes E no F yes',
  ])('%j names none', (text) => {
    expect(codedAnswers(text)).toEqual([]);
  });
});
