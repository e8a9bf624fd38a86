const { commands, window } = require("vscode");

/** The editor of the document that the window was opened with; it may come up after the extensions do. */
function openedEditor() {
  if (window.activeTextEditor) return Promise.resolve(window.activeTextEditor);
  return new Promise((resolve) => {
    const listener = window.onDidChangeActiveTextEditor((editor) => {
      if (!editor) return;
      listener.dispose();
      resolve(editor);
    });
  });
}

exports.activate = () => {
  void openedEditor().then(() => commands.executeCommand("ponet.classifyDocument"));
};
