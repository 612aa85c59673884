using RedisHaBake.Cli.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RedisHaBake.Cli.CloudInit;

/// <summary>Writes a <see cref="CloudConfig"/> as the text to paste.</summary>
internal static class CloudConfigText
{
    public static string Write(CloudConfig config)
    {
        var yaml = new YamlText();
        foreach (var line in config.Comments)
            yaml.Comment(line);
        yaml.Key("hostname", emit => emit(YamlText.Quoted(config.Hostname)));
        yaml.Key("write_files", emit => List(emit, config.WriteFiles, file => File(emit, file)));
        yaml.Key("runcmd", emit => List(emit, config.Runcmd, command => Command(emit, command)));
        return "#cloud-config\n" + yaml;
    }

    private static void List<T>(Action<ParsingEvent> emit, IReadOnlyList<T> items, Action<T> item)
    {
        emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
        foreach (var one in items)
            item(one);
        emit(new SequenceEnd());
    }

    private static void File(Action<ParsingEvent> emit, WriteFile file)
    {
        emit(new MappingStart());
        emit(new Scalar("path"));
        emit(new Scalar(file.Path));
        emit(new Scalar("permissions"));
        emit(YamlText.Quoted(file.Permissions));
        emit(new Scalar("content"));
        emit(YamlText.Literal(file.Content));
        emit(new MappingEnd());
    }

    private static void Command(Action<ParsingEvent> emit, IReadOnlyList<string> words)
    {
        emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Flow));
        foreach (var word in words)
            emit(new Scalar(word));
        emit(new SequenceEnd());
    }
}
