using System.Text.Json;
using System.Text.Json.Nodes;
using RedisHaBake.Model.Plan;

namespace RedisHaBake.Cli.Images;

/// <summary>What a baked image says about itself: the .json beside it, the same as /usr/share/redishabake/image.json inside.</summary>
/// <param name="Path">Where it was read.</param>
/// <param name="Role">What its VMs can run.</param>
/// <param name="Suite">Its distribution, such as bookworm.</param>
/// <param name="Engine">The server in it; an image for proxies has none, whatever this says.</param>
/// <param name="EngineMajor">The server's major version.</param>
/// <param name="Agent">The agent's version.</param>
/// <param name="PlanSchema">The newest plan that the agent reads.</param>
internal sealed record ImageStamp(string Path, ImageRole Role, string Suite, EngineKind Engine, int EngineMajor, string Agent, int PlanSchema)
{
    private const int KnownFormat = 1;

    /// <summary>Reads the stamp at <paramref name="path"/>.</summary>
    /// <exception cref="InvalidDataException">It is no stamp that this program knows.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ImageStamp Read(string path)
    {
        try
        {
            var root = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
            var format = (int)root["format"]!;
            if (format != KnownFormat)
                throw new InvalidDataException($"{path} has format {format}; expected {KnownFormat}; use the redishabake that the image was built with, or build the image anew");
            return new(
                path,
                ImageRole.All.First(r => r.Word == (string?)root["role"]),
                (string)root["suite"]!,
                Enum.Parse<EngineKind>((string)root["engine"]!, ignoreCase: true),
                (int)root["engineMajor"]!,
                (string)root["agent"]!,
                (int)root["planSchema"]!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or ArgumentException or FormatException)
        {
            throw new InvalidDataException($"{path} is no image's stamp; expected the .json that `make image` leaves beside the image; look at the path", e);
        }
    }
}
