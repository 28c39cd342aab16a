# Completes "darkroom" in fish: darkroom completion fish > ~/.config/fish/completions/darkroom.fish
function __darkroom_suggestions
    set -l program (commandline --tokenize --current-process)[1]
    set -l line (commandline --current-process)
    $program "[suggest:"(commandline --current-process --cursor)"]" "$line" 2>/dev/null
end
complete --command darkroom --arguments '(__darkroom_suggestions)'
