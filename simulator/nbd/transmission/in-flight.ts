/**
 * The requests of one connection that are being served, held within bounds: as long as there is no room,
 * no further request is read, and the client's data waits in the network.
 */
export class InFlight {
  readonly #mostRequests: number;
  readonly #mostBytes: number;
  #requests = 0;
  #bytes = 0;
  #landed: (() => void) | undefined;

  constructor(mostRequests: number, mostBytes: number) {
    this.#mostRequests = mostRequests;
    this.#mostBytes = mostBytes;
  }

  /** Settles when a request with so many bytes may be started; one that is alone always may. */
  async room(bytes: number): Promise<void> {
    while (this.#isFull(bytes)) await this.#nextLanding();
  }

  /** Counts a request until its work has settled, however that ends. */
  start(bytes: number, work: Promise<void>): void {
    this.#requests += 1;
    this.#bytes += bytes;
    const land = (): void => {
      this.#requests -= 1;
      this.#bytes -= bytes;
      this.#landed?.();
    };
    work.then(land, land);
  }

  /** Settles when no request is being served. */
  async empty(): Promise<void> {
    while (this.#requests > 0) await this.#nextLanding();
  }

  #isFull(bytes: number): boolean {
    if (this.#requests === 0) return false;
    return this.#requests >= this.#mostRequests || this.#bytes + bytes > this.#mostBytes;
  }

  /** Only the loop that reads the requests waits here, so one waiter is enough. */
  #nextLanding(): Promise<void> {
    return new Promise((settle) => {
      this.#landed = settle;
    });
  }
}
