# Completes "darkroom" and "./darkroom" in bash. Add to ~/.bashrc: source <(darkroom completion bash)
_darkroom() {
    local word=${COMP_WORDS[COMP_CWORD]} line
    COMPREPLY=()
    while IFS= read -r line; do
        [[ $line == "$word"* ]] && COMPREPLY+=("$(printf '%q' "$line")")
    done < <("${COMP_WORDS[0]/#\~/$HOME}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
}
complete -o default -F _darkroom darkroom ./darkroom
