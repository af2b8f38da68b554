/** Who serves each array of an active/passive group, for the operator. */
import type { StatusReport } from '../admin/port.ts';
import type { Provider } from '../operations/context.ts';

/** Undefined where all providers are active. To be asked while the array answers. */
export async function groupStatus({
  array,
  group,
  identity,
}: Provider): Promise<StatusReport['group']> {
  if (!group.needsExplicitActivation) return undefined;
  const [arrays, active] = await Promise.all([array.arrays(), array.activeProviders()]);
  return arrays.map(({ arrayId, name }) => {
    const provider = active.get(arrayId);
    return {
      array: name,
      isActive: provider?.providerId === identity.uid,
      activeUrl: provider?.url,
    };
  });
}
