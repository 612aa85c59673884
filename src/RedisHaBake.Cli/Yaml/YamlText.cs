using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RedisHaBake.Cli.Yaml;

/// <summary>Writes block-style YAML with comments between its top-level keys; every scalar is quoted by YamlDotNet as it needs.</summary>
internal sealed class YamlText
{
    private readonly StringBuilder text = new();

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    /// <summary>A comment line.</summary>
    public void Comment(string line) => text.Append("# ").Append(line).Append('\n');

    /// <summary>A top-level mapping of texts, all in double quotes.</summary>
    public void Table(string key, IReadOnlyDictionary<string, string> table)
        => Key(key, emit =>
        {
            emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, table.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
            foreach (var (name, value) in table)
            {
                // YamlDotNet leaves these plain, and they would be read back as nothing.
                emit(name is "null" or "Null" or "NULL" or "~" ? Quoted(name) : new Scalar(name));
                emit(Quoted(value));
            }

            emit(new MappingEnd());
        });

    /// <summary>A top-level key with a value given as events.</summary>
    public void Key(string key, Action<Action<ParsingEvent>> value)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(writer, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024, skipAnchorName: true));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        emitter.Emit(new MappingStart());
        emitter.Emit(new Scalar(key));
        value(emitter.Emit);
        emitter.Emit(new MappingEnd());
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        text.Append(writer);
    }

    /// <summary>A scalar in double quotes.</summary>
    public static Scalar Quoted(string value) => new(AnchorName.Empty, TagName.Empty, value, ScalarStyle.DoubleQuoted, isPlainImplicit: true, isQuotedImplicit: true);

    /// <summary>A scalar as a literal block.</summary>
    public static Scalar Literal(string value) => new(AnchorName.Empty, TagName.Empty, value, ScalarStyle.Literal, isPlainImplicit: true, isQuotedImplicit: true);
}
