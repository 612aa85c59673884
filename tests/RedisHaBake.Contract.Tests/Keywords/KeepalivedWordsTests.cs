using RedisHaBake.Contract.Tests.Generate;
using RedisHaBake.Model.Spec.Rules;

namespace RedisHaBake.Contract.Tests.Keywords;

/// <summary>The rule for extra lines of keepalived.conf knows what keepalived 2.2 and 2.3 know outside blocks.</summary>
public sealed class KeepalivedWordsTests(Debian12 bookworm, Debian13 trixie) : IClassFixture<Debian12>, IClassFixture<Debian13>
{
    [Fact]
    public void A_word_that_the_rule_takes_is_one_that_keepalived_takes()
    {
        string[] others = ["vrrp_scrip", "advert_int", "script", "process_names"];
        foreach (var debian in (DebianSystem[])[bookworm, trixie])
        {
            Assert.Equal(KeepalivedExtraRules.Outermost, KeepalivedExtraRules.Outermost.Concat(others).Where(w => IsTaken(debian, w)));
        }
    }

    private static bool IsTaken(DebianSystem debian, string word)
        => !debian.Run("keepalived", "--config-test", "--use-file", debian.Write("outermost.conf", word + "\n")).Output.Contains($"Unknown keyword '{word}'");
}
