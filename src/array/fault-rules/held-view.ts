/**
 * The array as it looks while jobs are held: those jobs run, and what they are making does not exist for
 * any method. Without held jobs it is the array itself.
 */
import type { Job } from '../../model/array.ts';
import { ArrayError } from '../errors.ts';
import type { StorageArrayPort } from '../port.ts';
import type { HeldJobs } from './held-jobs.ts';
import { isPortMethod, subjectOf } from './subject.ts';

/** A view of the array that follows `held`. */
export function heldView(port: StorageArrayPort, held: HeldJobs): StorageArrayPort {
  const own: Partial<StorageArrayPort> = {
    volumes: async (vvolIds) => port.volumes(vvolIds.filter((id) => !held.hides(id))),
    volumeSpace: async (vvolIds) => port.volumeSpace(vvolIds.filter((id) => !held.hides(id))),
    findVolumes: async (constraints, page) => {
      const { items, next } = await port.findVolumes(constraints, page);
      return { items: items.filter((id) => !held.hides(id)), next };
    },
    job: async (jobId) => {
      const job = await port.job(jobId);
      return job && held.seen(job);
    },
    cancelJob: async (jobId) => {
      if (held.ids().includes(jobId))
        throw new ArrayError('notCancelable', `job ${jobId} cannot be stopped`);
      return port.cancelJob(jobId);
    },
    openJobs: async (arrayId) => {
      const open = await port.openJobs(arrayId);
      const others = held.ids().filter((id) => !open.some(({ jobId }) => jobId === id));
      const kept = await Promise.all(others.map((id) => port.job(id)));
      const isMeant = (job: Job | undefined): job is Job =>
        job !== undefined && (arrayId === undefined || job.arrayId === arrayId);
      const jobs = [...open, ...kept.filter(isMeant)].map((job) => held.seen(job));
      return jobs.sort((one, other) => one.startedAt - other.startedAt);
    },
  };
  return new Proxy(port, {
    get(target, name) {
      if (held.size > 0 && Object.hasOwn(own, name)) return Reflect.get(own, name, own);
      const method: unknown = Reflect.get(target, name, target);
      if (held.size === 0 || typeof method !== 'function' || !isPortMethod(name)) return method;
      return async (...args: unknown[]) => {
        const { vvolIds = [], makes } = subjectOf(name, args);
        const hidden = vvolIds.find((id) => id !== makes && held.hides(id));
        if (hidden !== undefined && name !== 'bindings')
          throw new ArrayError('notFound', `there is no volume ${hidden}`);
        const answer: unknown = await Reflect.apply(method, target, args);
        return makes === undefined ? answer : held.seen(answer as Job);
      };
    },
  });
}
