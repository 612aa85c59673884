using System.Security.Cryptography;
using System.Text;

namespace RedisHaBake.Model.Render;

/// <summary>SHA-256 of a text's UTF-8 bytes as lower-case hex: what Redis ACLs take after '#'.</summary>
internal static class Sha256Hex
{
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
