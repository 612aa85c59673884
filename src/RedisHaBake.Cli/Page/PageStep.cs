namespace RedisHaBake.Cli.Page;

/// <summary>One thing to do, with a check mark.</summary>
/// <param name="Id">Its id in the page, and the name under which the browser remembers the check mark.</param>
/// <param name="Title">What to do.</param>
/// <param name="Body">How.</param>
internal sealed record PageStep(string Id, string Title, Html Body)
{
    /// <summary>The step as an item of the list.</summary>
    public Html Item() => Html.Of($"""
        <li class="step" id="{Id}"><div class="step-head"><h3>{Title}</h3><label class="done"><input type="checkbox" data-step="{Id}" aria-label="Done: {Title}"><span aria-hidden="true">Done</span></label></div>
        {Body}
        </li>

        """);
}
