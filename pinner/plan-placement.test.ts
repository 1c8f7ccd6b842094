import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Core } from './machine/read-cores.ts';
import { type Plan, type PlanInput, type PlanReplica, planPlacement } from './plan-placement.ts';

const id = (n: number) => n.toString(16).padStart(64, '0');
const fresh = (replica: number, container = id(replica)): PlanReplica => {
  return { container, replica, running: true, cpuset: '', allowed: '0-1' };
};
const singles = (count: number): Core[] =>
  Array.from({ length: count }, (_, core) => ({ core, siblings: [core] }));
const coresOf = (plan: Plan) => [...plan.cores.values()];

/** What the machine looks like when the plan has been carried out. */
function carryOut(replicas: readonly PlanReplica[], plan: Plan): PlanReplica[] {
  return replicas.map((one) => {
    const cpuset = String(plan.cores.get(one.container) ?? '');
    return { ...one, cpuset, allowed: one.running ? cpuset : null };
  });
}

function loadsOf(input: PlanInput, plan: Plan): number[] {
  return input.cores.map(({ core }) => coresOf(plan).filter((one) => one === core).length);
}

/** Machines of 1 to 12 physical cores with 1 or 2 threads each, numbered as Linux does, some cores left out. */
const machine = fc
  .record({ physical: fc.integer({ min: 1, max: 12 }), threads: fc.integer({ min: 1, max: 2 }) })
  .chain(({ physical, threads }) => {
    const all = Array.from({ length: physical * threads }, (_, core) => ({
      core,
      siblings: Array.from({ length: threads }, (_, thread) => (core % physical) + thread * physical),
    }));
    return fc.subarray(all, { minLength: 1 });
  });

const cpuset = fc.oneof(fc.nat(25).map(String), fc.constantFrom('', '0-3', 'junk'));

const situation: fc.Arbitrary<PlanInput> = fc
  .tuple(machine, fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }))
  .chain(([cores, numbers]) =>
    fc.record({
      cores: fc.constant(cores),
      replicas: fc.tuple(
        ...numbers.map((replica) =>
          fc.record({ running: fc.boolean(), cpuset, allowed: cpuset }).map((one) => ({
            ...one,
            container: id(replica),
            replica,
            allowed: one.running ? one.allowed : null,
          })),
        ),
      ),
      previous: fc
        .array(fc.tuple(fc.constantFrom(0, ...numbers).map(id), fc.nat(25)))
        .map((pairs) => new Map(pairs)),
    }),
  );

describe('planPlacement on any machine', () => {
  const holds = (property: (input: PlanInput, plan: Plan) => void) =>
    fc.assert(
      fc.property(situation, (input) => property(input, planPlacement(input))),
      { numRuns: 500 },
    );

  it('gives everyone a usable core, and shares evenly: none twice while another is free', () => {
    holds((input, plan) => {
      expect(plan.cores.size).toBe(input.replicas.length);
      const loads = loadsOf(input, plan);
      expect(loads.reduce((sum, load) => sum + load, 0)).toBe(input.replicas.length);
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      expect(plan.seats).toBe(input.replicas.length);
    });
  });

  it('has nothing left to do when it has been carried out', () => {
    holds((input, plan) => {
      const replicas = carryOut(input.replicas, plan);
      const again = planPlacement({ ...input, replicas, previous: plan.cores });
      expect(again.updates).toEqual([]);
      expect(again.cores).toEqual(plan.cores);
    });
  });

  it('finds the same placement again when its own record is lost', () => {
    holds((input, plan) => {
      const replicas = carryOut(input.replicas, plan);
      const again = planPlacement({ ...input, replicas, previous: new Map() });
      expect(again.updates).toEqual([]);
      expect(again.cores).toEqual(plan.cores);
    });
  });

  it('moves nobody when replicas die, restart or are added', () => {
    fc.assert(
      fc.property(
        situation,
        fc.integer({ min: 0, max: 10 }),
        fc.infiniteStream(fc.boolean()),
        (input, more, flips) => {
          const before = planPlacement(input);
          const flipped = carryOut(input.replicas, before).map((one) => {
            const running = flips.next().value === true;
            return { ...one, running, allowed: running ? one.cpuset : null };
          });
          const added = Array.from({ length: more }, (_, n) => fresh(100 + n));
          const after = planPlacement({ ...input, replicas: [...flipped, ...added], previous: before.cores });
          for (const [container, core] of before.cores) expect(after.cores.get(container)).toBe(core);
          expect(after.updates).toEqual(added.map(({ container }) => container));
        },
      ),
    );
  });

  it('moves as few as can be after removals, and never the lowest number of a full core', () => {
    fc.assert(
      fc.property(situation, fc.infiniteStream(fc.boolean()), (input, keeps) => {
        const before = planPlacement(input);
        const replicas = carryOut(input.replicas, before).filter(() => keeps.next().value === true);
        const loads = input.cores
          .map(({ core }) => replicas.filter((one) => one.cpuset === String(core)).length)
          .sort((a, b) => b - a);
        const share = Math.floor(replicas.length / loads.length);
        const larger = replicas.length % loads.length;
        const fewest = loads.reduce(
          (sum, load, at) => sum + Math.max(0, load - share - (at < larger ? 1 : 0)),
          0,
        );
        const after = planPlacement({ ...input, replicas, previous: before.cores });
        expect(after.updates).toHaveLength(fewest);
        for (const moved of after.updates) {
          const from = before.cores.get(moved);
          const stayed = replicas.filter((one) => after.cores.get(one.container) === from);
          expect(
            stayed.every(({ container }) => before.cores.get(container) !== from || container < moved),
          ).toBe(true);
        }
      }),
    );
  });

  it('doubles up hardware threads last', () => {
    fc.assert(
      fc.property(machine, fc.integer({ min: 1, max: 24 }), (cores, count) => {
        const replicas = Array.from({ length: Math.min(count, cores.length) }, (_, n) => fresh(n + 1));
        const used = new Set(coresOf(planPlacement({ cores, replicas, previous: new Map() })));
        const perPhysical = Map.groupBy(cores, ({ siblings }) => siblings[0]);
        const taken = [...perPhysical.values()].map(
          (threads) => threads.filter(({ core }) => used.has(core)).length,
        );
        if (taken.some((threads) => threads > 1)) expect(Math.min(...taken)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('does not depend on the order in which Docker lists', () => {
    fc.assert(
      fc.property(situation, (input) => {
        const turned = { ...input, replicas: input.replicas.toReversed() };
        expect(planPlacement(turned).cores).toEqual(planPlacement(input).cores);
      }),
    );
  });
});

describe('planPlacement', () => {
  it('takes the lowest free core first, by number', () => {
    const plan = planPlacement({ cores: singles(4), replicas: [fresh(2), fresh(1)], previous: new Map() });
    expect(plan.cores).toEqual(
      new Map([
        [id(1), 0],
        [id(2), 1],
      ]),
    );
  });

  it('repairs a list that was changed behind its back, in Docker or in the kernel only', () => {
    const previous = new Map([
      [id(1), 0],
      [id(2), 1],
    ]);
    const cores = singles(2);
    const one = { ...fresh(1), cpuset: '1', allowed: '1' };
    const two = { ...fresh(2), cpuset: '1', allowed: '0-1' };
    const plan = planPlacement({ cores, replicas: [one, two], previous });
    expect(plan.cores).toEqual(previous);
    expect(plan.updates).toEqual([id(1), id(2)]);
  });

  it('pins containers that have not started yet', () => {
    const created = { ...fresh(1), running: false, allowed: null };
    expect(planPlacement({ cores: singles(2), replicas: [created], previous: new Map() }).updates).toEqual([
      id(1),
    ]);
  });

  it('lets a container that replaces another of its number take over its core', () => {
    const cores = singles(2);
    const previous = new Map([
      [id(1), 0],
      [id(2), 1],
    ]);
    const old = [1, 2].map((n) => ({ ...fresh(n), cpuset: `${n - 1}`, allowed: `${n - 1}` }));
    const successor = { ...fresh(2, id(99)), running: false, allowed: null };
    const during = planPlacement({ cores, replicas: [...old, successor], previous });
    expect(during.cores.get(id(99))).toBe(1);
    expect(during.seats).toBe(2);
    const replicas = [...old.slice(0, 1), { ...successor, cpuset: '1', running: true, allowed: '1' }];
    expect(planPlacement({ cores, replicas, previous: during.cores }).updates).toEqual([]);
  });

  it('gives two that run under one number a core each', () => {
    const plan = planPlacement({
      cores: singles(2),
      replicas: [fresh(1), fresh(1, id(99))],
      previous: new Map([
        [id(1), 0],
        [id(99), 0],
      ]),
    });
    expect(coresOf(plan).sort()).toEqual([0, 1]);
  });

  it('moves off a core that is not in the list any more', () => {
    const one = { ...fresh(1), cpuset: '0', allowed: '0' };
    const plan = planPlacement({
      cores: singles(3).slice(1),
      replicas: [one],
      previous: new Map([[id(1), 0]]),
    });
    expect(plan.cores.get(id(1))).toBe(1);
  });

  it('plans nothing without a core', () => {
    const plan = planPlacement({ cores: [], replicas: [fresh(1)], previous: new Map() });
    expect(plan).toEqual({ cores: new Map(), updates: [], seats: 1 });
  });
});
