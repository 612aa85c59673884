using System.Security.Cryptography;
using System.Text;
using RedisHaBake.Cli.Files;
using RedisHaBake.Model.Spec;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli.CloudInit;

/// <summary>The key that signs packages.redis.io, as ASCII armour for cloud-init's apt module.</summary>
internal static class AptKey
{
    /// <summary>The fingerprint of Redis's package signing key, confirmed by several independent public pins.</summary>
    public const string Fingerprint = "54318FA4052D1E61A6B6F7BB5F4349D6BF53AA0C";

    private const int LargestKey = 16_384;

    private const string Resource = "RedisHaBake.Cli.Resources.packages.redis.io.asc";

    /// <summary>The key that <paramref name="spec"/>'s stock VMs need: the spec's own, the shipped one, or none.</summary>
    public static string For(ClusterSpec spec, string specPath, ProblemList problems)
    {
        if (spec.Agent.Baked || spec.Engine.Source != EngineSource.PackagesRedisIo)
            return "";
        if (spec.Engine.KeyFile.Length == 0)
            return Shipped();
        var path = Path.Combine(Path.GetDirectoryName(specPath) ?? "", spec.Engine.KeyFile);
        var armour = Read(path);
        var secret = armour.Contains("PRIVATE KEY", StringComparison.Ordinal);
        if (!secret && IsWhole(armour) && FingerprintOf(armour).Length > 0 && armour.All(c => c is '\n' or (>= ' ' and <= '~')))
            return armour;
        problems.Add(
            "E255",
            SpecPath.Of("engine.key"),
            armour.Length == 0 ? $"{path} cannot be read" : secret ? $"{path} holds a private key" : IsWhole(armour) ? $"{path} is no public key" : $"{path} is no public key, or is damaged",
            "expected an ASCII-armoured OpenPGP public key",
            "export it with `gpg --armor --export`, or remove the line for the key that comes with redishabake");
        return "";
    }

    /// <summary>The key that comes with the product.</summary>
    /// <exception cref="InvalidDataException">The resource is not that key.</exception>
    public static string Shipped()
    {
        using var stream = typeof(AptKey).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException($"the resource {Resource} is missing from this build");
        using var reader = new StreamReader(stream);
        var armour = reader.ReadToEnd().ReplaceLineEndings("\n");
        var found = FingerprintOf(armour);
        return found == Fingerprint
            ? armour
            : throw new InvalidDataException($"the key in this build has the fingerprint {found}; expected {Fingerprint}");
    }

    /// <summary>The fingerprint of the first public key of <paramref name="armour"/>, 40 hex digits; empty where there is none.</summary>
    public static string FingerprintOf(string armour)
    {
        var packet = Decode(armour);

        // RFC 4880, 12.2: SHA-1 over 0x99, the packet's length in two bytes, and the packet. Tag 6, old or new format.
        if (packet.Length < 4 || !TryBody(packet, out var body) || body[0] != 4)
            return "";
        byte[] hashed = [0x99, (byte)(body.Length >> 8), (byte)body.Length, .. body];
#pragma warning disable CA5350 // SHA-1 is what OpenPGP version 4 fingerprints are made of.
        return Convert.ToHexString(SHA1.HashData(hashed));
#pragma warning restore CA5350
    }

    /// <summary>Whether <paramref name="armour"/> has an end, and the bytes that its checksum, where it has one, was made of (RFC 9580, 6.1).</summary>
    public static bool IsWhole(string armour)
    {
        var lines = armour.ReplaceLineEndings("\n").Split('\n');
        var end = Array.IndexOf(lines, "-----END PGP PUBLIC KEY BLOCK-----");
        if (end < 1)
            return false;
        return lines[end - 1] is not ['=', .. var checksum] || checksum == Convert.ToBase64String(Crc24(Decode(armour)));
    }

    private static byte[] Crc24(byte[] bytes)
    {
        var crc = 0xB704CE;
        foreach (var b in bytes)
        {
            crc ^= b << 16;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc << 1) ^ ((crc & 0x800000) != 0 ? 0x1864CFB : 0);
        }

        return [(byte)(crc >> 16), (byte)(crc >> 8), (byte)crc];
    }

    private static string Read(string path)
    {
        if (FileType.Of(path) != FileType.File)
            return "";
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[LargestKey];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(bytes, 0, length).ReplaceLineEndings("\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static byte[] Decode(string armour)
    {
        var lines = armour.ReplaceLineEndings("\n").Split('\n');
        var begin = Array.IndexOf(lines, "-----BEGIN PGP PUBLIC KEY BLOCK-----");
        var blank = begin < 0 ? -1 : Array.IndexOf(lines, "", begin);
        if (blank < 0)
            return [];
        var base64 = string.Concat(lines.Skip(blank + 1).TakeWhile(l => !l.StartsWith('=') && !l.StartsWith('-')));
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : [];
    }

    private static bool TryBody(ReadOnlySpan<byte> packet, out byte[] body)
    {
        body = [];
        var (tag, start, length) = (packet[0] & 0xC0) == 0xC0
            ? (packet[0] & 0x3F, packet[1] < 192 ? 2 : 3, packet[1] < 192 ? packet[1] : ((packet[1] - 192) << 8) + packet[2] + 192)
            : ((packet[0] >> 2) & 0xF, (packet[0] & 3) == 0 ? 2 : 3, (packet[0] & 3) == 0 ? packet[1] : (packet[1] << 8) + packet[2]);
        if (tag != 6 || length == 0 || packet.Length < start + length)
            return false;
        body = packet.Slice(start, length).ToArray();
        return true;
    }
}
