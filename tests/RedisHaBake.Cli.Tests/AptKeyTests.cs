using RedisHaBake.Cli.CloudInit;

namespace RedisHaBake.Cli.Tests;

/// <summary>A key of one's own that did not come over whole: apt on the VM would say so only after the paste.</summary>
public sealed class AptKeyTests
{
    private static readonly string Armour = AptKey.Shipped();

    [Fact]
    public void The_shipped_key_is_whole() => Assert.True(AptKey.IsWhole(Armour));

    [Fact]
    public void A_key_with_one_other_letter_is_damaged()
    {
        var lines = Armour.Split('\n');
        var middle = lines.Length / 2;
        lines[middle] = (lines[middle][0] == 'A' ? 'B' : 'A') + lines[middle][1..];
        Assert.False(AptKey.IsWhole(string.Join('\n', lines)));
    }

    [Fact]
    public void A_key_that_was_cut_off_is_damaged() => Assert.False(AptKey.IsWhole(Armour[..(Armour.Length / 2)]));

    [Fact]
    public void A_key_without_a_checksum_is_taken()
    {
        var lines = Armour.Split('\n').Where(l => !l.StartsWith('=')).ToList();
        Assert.True(AptKey.IsWhole(string.Join('\n', lines)));
    }
}
