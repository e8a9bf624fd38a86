import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { isCpu, type ExecutionProvider } from "../../ponet/provider";
import { cpuName } from "./cpuName";

/** The device that an execution provider runs on. */
export interface Adapter {
  readonly name: string;
  /** A program that does on the CPU, and more slowly than the CPU provider, what a GPU does. */
  readonly software: boolean;
}

/** PCI's class of display controllers, and its numbers for the vendors whose GPUs have a Vulkan driver on Linux. */
const DISPLAY_CONTROLLER = "0x03";
const PCI_DEVICES = "/sys/bus/pci/devices";
const NVIDIA = "0x10de";
const GPU_DRIVERS = [
  { vendor: NVIDIA, library: /nvidia|nouveau/, name: "NVIDIA GPU" },
  { vendor: "0x1002", library: /libvulkan_radeon|amdvlk/, name: "AMD GPU" },
  { vendor: "0x8086", library: /libvulkan_intel/, name: "Intel GPU" },
];
const SOFTWARE_DRIVERS = [
  { library: /libvk_swiftshader/, name: "SwiftShader" },
  { library: /libvulkan_lvp/, name: "llvmpipe" },
];
/** How Windows and virtual machines call what draws without a GPU. */
const SOFTWARE_NAMES = /^Microsoft (Basic|Remote|Hyper-V)|SwiftShader|llvmpipe|^Parallels|^VMware SVGA/;

/**
 * The adapter of an open session, as far as the system tells: onnxruntime does not.
 * On Linux the Vulkan drivers that this process has loaded say it, so ask after the session was opened.
 */
export async function adapterOf(provider: ExecutionProvider): Promise<Adapter | undefined> {
  if (isCpu(provider)) return { name: cpuName(os.cpus()), software: false };
  switch (process.platform) {
    case "linux":
      return provider === "cuda" ? await nvidia() : await vulkanAdapter();
    case "win32":
      return named(
        await lines("powershell.exe", ["-NoProfile", "-Command", "(Get-CimInstance Win32_VideoController).Name"]),
      );
    case "darwin":
      return named(
        (await lines("system_profiler", ["SPDisplaysDataType"])).flatMap(
          (line) => /Chipset Model: (.+)/.exec(line)?.[1] ?? [],
        ),
      );
    default:
      return undefined;
  }
}

/** The PCI numbers of the machine's GPUs, vendor and device, on Linux; elsewhere finding out takes too long. */
export async function gpuIds(): Promise<string[]> {
  const devices = await readdir(PCI_DEVICES).catch(() => []);
  const read = (device: string, name: string) =>
    readFile(path.join(PCI_DEVICES, device, name), "utf8").then(
      (text) => text.trim(),
      () => "",
    );
  const ids = devices.sort().map(async (device) => {
    const isDisplay = (await read(device, "class")).startsWith(DISPLAY_CONTROLLER);
    return isDisplay ? [`${await read(device, "vendor")}:${await read(device, "device")}`] : [];
  });
  return (await Promise.all(ids)).flat();
}

/**
 * The NVIDIA driver that runs, as far as Linux tells. From an update to the next start of the machine it is not the one that is
 * installed, and opens no device.
 */
export function nvidiaDriver(): Promise<string> {
  return readFile("/proc/driver/nvidia/version", "utf8").catch(() => "");
}

/** A GPU whose vendor's driver is loaded; else the software that is, Dawn taking a GPU first. */
async function vulkanAdapter(): Promise<Adapter | undefined> {
  const loaded = await readFile("/proc/self/maps", "utf8").catch(() => "");
  const gpus = await gpuIds();
  const driver = GPU_DRIVERS.find(
    ({ vendor, library }) => library.test(loaded) && gpus.some((id) => id.startsWith(vendor)),
  );
  if (driver?.vendor === NVIDIA) return nvidia();
  if (driver) return { name: driver.name, software: false };
  const software = SOFTWARE_DRIVERS.find(({ library }) => library.test(loaded));
  return software && { name: software.name, software: true };
}

async function nvidia(): Promise<Adapter> {
  const folder = "/proc/driver/nvidia/gpus";
  const [first = ""] = await readdir(folder).catch(() => []);
  const text = await readFile(path.join(folder, first, "information"), "utf8").catch(() => "");
  return { name: /^Model:\s*(.+)$/m.exec(text)?.[1] ?? "NVIDIA GPU", software: false };
}

/** Of the machine's adapters those that are GPUs; software where none is. */
export function named(names: readonly string[]): Adapter | undefined {
  const gpus = names.filter((name) => !SOFTWARE_NAMES.test(name));
  if (names.length === 0) return undefined;
  return { name: (gpus.length > 0 ? gpus : names).join(", "), software: gpus.length === 0 };
}

async function lines(program: string, args: readonly string[]): Promise<string[]> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { timeout: 5000, windowsHide: true });
    return stdout
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  } catch {
    return [];
  }
}
