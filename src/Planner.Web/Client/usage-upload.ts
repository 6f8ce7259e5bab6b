// Sends a chosen file by a plain request, past the circuit: its messages are small and come one by one.
interface Panel {
  /** Gives the address to send the file to; null where it is refused. */
  invokeMethodAsync(method: "Chosen", name: string, size: number): Promise<string | null>;
  invokeMethodAsync(method: "Sent", bytes: number): Promise<void>;
  invokeMethodAsync(method: "Broken"): Promise<void>;
}

const pause = 150;
const sending = new WeakMap<HTMLInputElement, XMLHttpRequest>();

// A page that was left meanwhile listens no longer.
const tell = (message: Promise<void>): void => void message.catch(() => undefined);

function send(input: HTMLInputElement, file: File, address: string, panel: Panel): void {
  const request = new XMLHttpRequest();
  sending.set(input, request);
  let told = 0;
  request.upload.addEventListener("progress", (event) => {
    if (event.timeStamp - told < pause) return;
    told = event.timeStamp;
    tell(panel.invokeMethodAsync("Sent", event.loaded));
  });
  // The server tells the component of its success by itself.
  request.addEventListener("error", () => tell(panel.invokeMethodAsync("Broken")));
  request.addEventListener("load", () => {
    if (request.status >= 400) tell(panel.invokeMethodAsync("Broken"));
  });
  request.addEventListener("loadend", () => sending.delete(input));
  request.open("POST", address);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.send(file);
}

async function take(input: HTMLInputElement, panel: Panel): Promise<void> {
  const file = input.files?.[0];
  if (!file) return;
  const address = await panel.invokeMethodAsync("Chosen", file.name, file.size);
  // Empty again, so that the same file can be chosen once more.
  input.value = "";
  if (address !== null) send(input, file, address, panel);
}

export function start(input: HTMLInputElement, panel: Panel): void {
  input.addEventListener("change", () => void take(input, panel));
}

export const cancel = (input: HTMLInputElement): void => sending.get(input)?.abort();
