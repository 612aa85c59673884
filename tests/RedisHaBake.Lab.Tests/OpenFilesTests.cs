using RedisHaBake.Lab.Host;

namespace RedisHaBake.Lab.Tests;

/// <summary>The limit that HAProxy meets in a container on this computer.</summary>
public class OpenFilesTests
{
    private const string Limits = "Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 20000                files     \n";

    [Theory]
    [InlineData("CapEff:\t000001ffffffffff", "1048576", 1_048_576)]
    [InlineData("CapEff:\t000001fffeffffff", "1048576", 20_000)]
    [InlineData("CapEff:\t000001fffeffffff", "10000", 10_000)]
    [InlineData("", "", 20_000)]
    public void Root_may_raise_it_unless_the_capability_is_withheld(string status, string open, long most)
        => Assert.Equal(most, OpenFiles.Most("Name:\tx\n" + status + "\n", Limits, open + "\n"));
}
