import * as vscode from "vscode";
import type { Choice } from "../readings/choice";
import type { ReadingStore } from "../readings/readingStore";
import type { ShownDocument } from "../readings/shownDocument";
import type { Corpora } from "../views/corpus/corpora";
import type { Panel } from "../views/panel/panel";
import { addModelFolder } from "./addModelFolder";
import { benchmarkMachine } from "./benchmarkMachine";
import { cancel } from "./cancel";
import { cancelShown } from "./cancelShown";
import { classifyAgain } from "./classifyAgain";
import { classifyDocument } from "./classifyDocument";
import { classifyFolder } from "./classifyFolder";
import { classifySelection } from "./classifySelection";
import { clearAnalysis } from "./clearAnalysis";
import { compareWith, type CompareContext } from "./compareWith";
import { copySegment } from "./copySegment";
import { Explainer } from "./explainer";
import { exportAnalysis } from "./exportAnalysis";
import { forgetKept } from "./forgetKept";
import { revealInPanel } from "./revealInPanel";
import { readingOnShow, segmentTarget, type SegmentTarget } from "./segmentTarget";
import { selectModel } from "./selectModel";
import { StrongestSegments } from "./strongestSegment";
import { givenUri, targetDocument } from "./target";
import { toggleSetting } from "./toggleSetting";
import { tryProvidersAgain } from "./tryProvidersAgain";

/** What the commands work with. */
export interface CommandContext extends CompareContext {
  readonly corpora: Corpora;
  readonly readingStore: ReadingStore;
  readonly shown: ShownDocument;
  readonly panel: Panel;
  readonly choice: Choice;
}

/** Registers the commands that package.json declares; why one fails is shown. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const {
    classifier,
    analyses,
    corpora,
    engine,
    settings,
    readingSettings,
    notifier,
    panel,
    shown,
    choice,
    modelsFolder,
    extensionFolder,
  } = context;
  const explainer = new Explainer(engine, analyses, readingSettings, choice, notifier);
  const strongest = new StrongestSegments(choice, panel);
  const target = (argument: unknown): SegmentTarget => segmentTarget(analyses, shown, argument);
  const commands: Readonly<Record<string, (argument: unknown) => unknown>> = {
    "ponet.classifyDocument": (argument) => classifyDocument(classifier, panel, shown, givenUri(argument)),
    "ponet.classifySelection": () => classifySelection(classifier, panel, shown),
    "ponet.classifyAgain": () => classifyAgain(classifier, shown),
    "ponet.classifyFolder": (argument) =>
      classifyFolder(corpora, argument instanceof vscode.Uri ? argument : undefined),
    "ponet.compareWith": async (argument) => {
      await compareWith(context, await targetDocument(givenUri(argument), shown));
    },
    "ponet.cancel": () => {
      cancel(analyses);
    },
    "ponet.cancelShown": () => {
      cancelShown(analyses, shown);
    },
    "ponet.clearAnalysis": () => {
      clearAnalysis(analyses, shown);
    },
    "ponet.openPanelInEditor": () => {
      panel.openInEditor();
    },
    "ponet.nextStrongestSegment": () => strongest.step(readingOnShow(analyses, shown), 1),
    "ponet.previousStrongestSegment": () => strongest.step(readingOnShow(analyses, shown), -1),
    "ponet.copySegment": (argument) => copySegment(target(argument), choice),
    "ponet.revealInPanel": (argument) => revealInPanel(target(argument), panel, shown),
    "ponet.explainSegment": (argument) => explainer.one(target(argument)),
    "ponet.explainStrongest": () => explainer.strongest(readingOnShow(analyses, shown)),
    "ponet.exportAnalysis": (argument) =>
      exportAnalysis(readingOnShow(analyses, shown), analyses, choice, notifier, argument),
    "ponet.toggleHighlights": () => toggleSetting(settings, "highlights"),
    "ponet.toggleLive": () => toggleSetting(settings, "live"),
    "ponet.selectModel": () => selectModel(engine, settings, modelsFolder, notifier),
    "ponet.addModelFolder": (argument) =>
      addModelFolder(
        engine,
        settings,
        argument instanceof vscode.Uri || typeof argument === "string" ? argument : undefined,
      ),
    "ponet.forgetKept": () => forgetKept({ ...context, explainer }),
    "ponet.benchmark": () => benchmarkMachine(extensionFolder, notifier),
    "ponet.tryProvidersAgain": () => tryProvidersAgain(engine, classifier, analyses, shown, settings, notifier),
  };
  const registrations = Object.entries(commands).map(([id, run]) =>
    vscode.commands.registerCommand(id, (argument: unknown) => notifier.watch("The command", () => run(argument))),
  );
  return vscode.Disposable.from(...registrations);
}
