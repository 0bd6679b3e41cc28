import ArgumentParser

/// The parser's completion scripts, which offer a command's options only after its name, taught that
/// `plan --…` means `plan batch --…`.
enum CompletionScripts {
  /// The script of a shell.
  static func script(_ shell: CompletionShell) -> String {
    let script = PlanCommand.completionScript(for: shell)
    switch shell {
    case .bash: return bash(script)
    case .zsh: return zsh(script)
    default: return fish(script)
    }
  }

  private static func bash(_ script: String) -> String {
    script.replacing(
      "complete -o filenames -F _plan plan",
      with: """
        _plan_or_batch() {
            if [[ "${COMP_WORDS[1]}" == -* ]]; then
                local -r rest="${COMP_LINE#*[[:space:]]}"
                local COMP_LINE="${COMP_WORDS[0]} batch ${rest}"
                local COMP_POINT="${#COMP_LINE}"
                local COMP_WORDS=("${COMP_WORDS[0]}" batch "${COMP_WORDS[@]:1}")
                local COMP_CWORD="$((COMP_CWORD + 1))"
            fi
            _plan "${@}"
        }

        complete -o filenames -F _plan_or_batch plan

        """)
  }

  private static func zsh(_ script: String) -> String {
    script.replacing(
      "_plan() {\n    emulate -RL zsh -G\n",
      with: """
        _plan() {
            emulate -RL zsh -G
            if [[ "${words[2]}" == -* ]]; then
                words=("${words[1]}" batch "${(@)words[2,-1]}")
                (( CURRENT++ ))
            fi

        """)
  }

  private static func fish(_ script: String) -> String {
    let tokens = "    set -l unparsed_tokens (__plan_tokens -pc)\n"
    return script.replacing(
      tokens,
      with: tokens + """
            set -l second $unparsed_tokens[2..] (commandline -t)
            if string match -q -- '-*' "$second[1]"
                set unparsed_tokens $unparsed_tokens[1] batch $unparsed_tokens[2..]
            end

        """
    )
    // Where the cursor stands in its word, which fish 3 refuses to tell and no completion asks for.
    .replacing("(__plan_tokens -tC)", with: "0")
  }
}
