/** What a virtual volume is for. Source: VASA `VirtualVolumeTypeEnum`. */
export const VOLUME_TYPES = ['Config', 'Data', 'Swap', 'Memory', 'Other'] as const;
export type VolumeType = (typeof VOLUME_TYPES)[number];
