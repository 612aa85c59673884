using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Model.Spec.Shape;

/// <summary>A list of one kind; a single value may stand for a list of one where <paramref name="single"/> says so.</summary>
/// <typeparam name="T">The items' type.</typeparam>
/// <param name="item">The items' kind.</param>
/// <param name="expected">In words.</param>
/// <param name="single">Whether a lone value counts as a list of one.</param>
public sealed class ListKind<T>(Kind<T> item, string expected, bool single = false) : Kind<IReadOnlyList<T>>
{
    /// <summary>The items' kind.</summary>
    public Kind<T> Item => item;

    /// <summary>Whether a lone value counts as a list of one.</summary>
    public bool TakesOne => single;

    /// <summary>What stands in a refused item's place, so that the others can still be looked at; empty: the list is refused as a whole.</summary>
    public IReadOnlyList<T> Gap { get; init; } = [];

    /// <summary>The most items; rules compare each with each, and a file must not keep them busy for minutes.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <inheritdoc/>
    public override string Expected => expected;

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
        if (Most < int.MaxValue)
            list["maxItems"] = Most;
        return single ? new() { ["anyOf"] = new JsonArray(item.Schema(), list) } : list;
    }

    /// <inheritdoc/>
    protected override string Hint(SpecNode node, SpecPath path) => $"write `{path.Key}: [...]`, or one item a line after `- `";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, SpecPath path, ProblemList problems, out IReadOnlyList<T> value)
    {
        value = [];
        if (node is not SequenceNode list)
        {
            if (single && node is ScalarNode { IsNothing: false } && item.TryRead(node, path, problems, out var one))
            {
                value = [one];
                return true;
            }

            if (!single || node is not ScalarNode { IsNothing: false })
                Refuse(node, path, problems);
            return false;
        }

        if (list.Items.Count > Most)
        {
            problems.Add("E106", path, $"`{path}` has {list.Items.Count} items", $"expected at most {Most}", "check that this is the right file; split the cluster, or shorten the list");
            return false;
        }

        var read = new List<T>();
        var good = true;
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (item.TryRead(list.Items[i], path[i], problems, out var one))
                read.Add(one);
            else if (Gap.Count > 0)
                read.AddRange(Gap);
            else
                good = false;
        }

        value = read;
        return good;
    }
}
