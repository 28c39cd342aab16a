#compdef darkroom
# Completes "darkroom" and "./darkroom" in zsh. Add to ~/.zshrc, after compinit: source <(darkroom completion zsh)
_darkroom() {
    local -a suggestions
    suggestions=("${(@f)$("${~words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
    suggestions=(${suggestions:#})
    if (( ${#suggestions} )); then compadd -- $suggestions; else _files; fi
}
if (( $+functions[compdef] )); then compdef _darkroom darkroom ./darkroom; fi
