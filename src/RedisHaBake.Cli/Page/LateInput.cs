namespace RedisHaBake.Cli.Page;

/// <summary>The markup of one field.</summary>
internal static class LateInput
{
    public static Html Of(LateField field, string label, string hint) => Html.Of($"""
        <div class="late"><label for="{field.Id}">{label}</label>
        <input id="{field.Id}" data-field="{field.Name}" data-known="{field.Known}" value="{field.Known}" type="text" inputmode="decimal" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="80" aria-describedby="{field.Id}-hint {field.Id}-problem">
        <p class="hint" id="{field.Id}-hint">{hint}</p><p class="problem" id="{field.Id}-problem" role="status"></p></div>

        """);
}
