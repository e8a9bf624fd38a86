import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import type { Entrant } from "../src/benchmark/heat";

/** PyTorch's own, where `python3` (or what PYTHON names) can import it: none where it cannot. */
export async function torchEntrants(): Promise<Entrant[]> {
  const python = process.env.PYTHON ?? "python3";
  try {
    await promisify(execFile)(python, ["-c", "import torch"]);
  } catch {
    return [];
  }
  const launch: Entrant["launch"] = (configuration) =>
    spawn(python, ["models/recipe/speed.py", JSON.stringify(configuration)], { stdio: "pipe" });
  return [
    { name: "ponet-torch", title: "PoNet in PyTorch", longest: 2 ** 17, cpuOnly: true, launch },
    { name: "transformer-torch", title: "Transformer in PyTorch", longest: 2 ** 14, cpuOnly: true, launch },
  ];
}
