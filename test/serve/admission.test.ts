// Who is let in: everybody while the server keeps up, and one at a time (two for each process) under an overload, until it is over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Admission } from '../../src/serve/overload/admission.js';

/** A clock and an event loop that only move when they are told to. */
function stage(workers = 0) {
  let now = 1000;
  let atNextTurn: (() => void)[] = [];
  const admission = new Admission(
    () => now,
    (work) => atNextTurn.push(work),
    () => workers,
  );
  const turn = (ms: number) => {
    now += ms;
    const works = atNextTurn;
    atNextTurn = [];
    for (const work of works) work();
  };
  const enter = (count: number) => Array.from({ length: count }, () => admission.enter());
  const leave = (entered: readonly (number | null)[]) => {
    for (const one of entered) if (one !== null) admission.leave(one);
  };
  const letIn = (entered: readonly (number | null)[]) => entered.filter((one) => one !== null).length;
  return { admission, turn, enter, leave, letIn };
}

test('128 at a time are let in; one more begins an overload, and then one a turn is, as soon as nothing is under way', () => {
  const { admission, turn, enter, leave, letIn } = stage();
  const first = enter(128);
  assert.equal(letIn(first), 128);
  assert.equal(admission.isFull(false), false);
  assert.equal(admission.enter(), null);
  assert.equal(admission.isFull(false), true);
  turn(10);
  assert.equal(admission.isFull(false), true);
  leave(first);
  for (let i = 0; i < 5; i++) {
    turn(1);
    assert.equal(admission.isFull(false), false);
    const some = enter(10);
    assert.equal(letIn(some), 1);
    assert.equal(admission.isFull(false), true);
    leave(some);
    // Its place is free again, but the turn had its one.
    assert.equal(admission.isFull(false), true);
  }
  assert.equal(admission.underWay, 0);
});

test('requests that are answered at once are as many as the turn of the event loop has of them', () => {
  const { turn, enter, leave, letIn } = stage();
  const inTurn = (count: number) => {
    let got = 0;
    for (let i = 0; i < count; i++) {
      const one = enter(1);
      got += letIn(one);
      leave(one);
    }
    turn(20);
    return got;
  };
  assert.deepEqual([inTurn(128), inTurn(128), inTurn(129), inTurn(10)], [128, 128, 128, 1]);
});

test('where all answers are slow for long, more come than can be answered; one slow turn is not an overload', () => {
  const { turn, enter, leave, letIn, admission } = stage();
  const round = (ms: number) => {
    const some = enter(40);
    turn(ms);
    leave(some.slice(0, 20));
    const got = letIn(some);
    leave(some.slice(20));
    return got;
  };
  assert.equal(round(2000), 40);
  assert.equal(round(10), 40);
  assert.equal(admission.isFull(false), false);
  assert.deepEqual([round(300), round(300), round(300)], [40, 40, 40]);
  assert.equal(admission.isFull(false), false);
  const waiting = enter(40);
  turn(1100);
  leave(waiting.splice(0, 10));
  waiting.push(...enter(10));
  assert.equal(admission.isFull(false), false, 'it was slow once');
  turn(1100);
  leave(waiting.splice(0, 10));
  assert.equal(admission.isFull(false), true);
});

test('it is over once most are let in and few are held back, or nobody came for a second', () => {
  const busy = () => {
    const one = stage();
    one.leave(one.enter(129));
    one.turn(1);
    return one;
  };
  const { admission, turn, enter, leave } = busy();
  for (let i = 0; i < 100; i++) {
    leave(enter(4));
    turn(20);
  }
  assert.equal(admission.isFull(false), false);
  assert.equal(admission.enter() === null, false);
  assert.equal(admission.enter(), null, 'three in four are refused: it goes on');

  const few = busy();
  few.admission.held = 65;
  for (let i = 0; i < 100; i++) {
    few.leave(few.enter(1));
    few.turn(20);
  }
  few.enter(1);
  assert.equal(few.admission.isFull(false), true, 'too many are held back');
  few.admission.held = 64;
  few.turn(1100);
  assert.equal(few.admission.isFull(false), false);
  assert.equal(few.letIn(few.enter(50)), 50);

  const quiet = busy();
  quiet.turn(1000);
  assert.equal(quiet.admission.isFull(false), false);
  assert.equal(quiet.letIn(quiet.enter(50)), 50);
});

test('who waited while it was held back goes after others, but is let in if there are none', () => {
  const { admission, turn, enter, leave } = stage();
  leave(enter(129));
  turn(1);
  assert.equal(admission.isFull(true), true);
  assert.equal(admission.isFull(false), false);
  turn(300);
  assert.equal(admission.isFull(true), false);
});

test('two for each process are let in, over several turns', () => {
  const { turn, enter, leave, letIn } = stage(3);
  leave(enter(129));
  turn(1);
  const got: number[] = [];
  for (let i = 0; i < 10; i++) {
    got.push(letIn(enter(5)));
    turn(1);
  }
  assert.deepEqual(got, [1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
});
