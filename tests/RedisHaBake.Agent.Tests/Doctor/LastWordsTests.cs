using RedisHaBake.Agent.Doctor;

namespace RedisHaBake.Agent.Tests.Doctor;

/// <summary>What is taken from a server's lines in the journal: why it ended, in its own words.</summary>
public sealed class LastWordsTests
{
    private const string Started = "7:C 25 Nov 2026 16:00:00.000 # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n7:C 25 Nov 2026 16:00:00.000 # Configuration loaded\n";

    [Fact]
    public void A_server_that_runs_well_has_said_none()
        => Assert.Equal("", LastWords.Of(Started + "7:M 25 Nov 2026 16:00:00.010 * Ready to accept connections\n"));

    [Fact]
    public void Of_a_crash_they_are_its_reason_and_not_its_memory()
        => Assert.Equal(
            "=== REDIS BUG REPORT START: Cut & paste starting from here === | Redis 7.0.15 crashed by signal: 11, si_code: 0",
            LastWords.Of(Started + """
                7:M 25 Nov 2026 16:00:00.020 # === REDIS BUG REPORT START: Cut & paste starting from here ===
                7:M 25 Nov 2026 16:00:00.020 # Redis 7.0.15 crashed by signal: 11, si_code: 0

                ------ STACK TRACE ------
                EIP:
                /usr/bin/redis-server 0.0.0.0:6379(+0x9b16c)[0x5581]
                       Please report the crash by opening an issue on github
                """));

    [Fact]
    public void A_start_that_has_said_nothing_yet_does_not_hide_those_of_the_one_before()
        => Assert.Equal(
            "Wrong RDB checksum expected: (1) but got (2). Aborting now.",
            LastWords.Of(Started + "7:M 25 Nov 2026 16:00:00.020 # Wrong RDB checksum expected: (1) but got (2). Aborting now.\n" + Started.Replace("7:C", "8:C", StringComparison.Ordinal)));

    [Fact]
    public void What_one_says_that_runs_is_no_reason_of_its_end()
        => Assert.Equal("", LastWords.Of(Started + """
            7:M 25 Nov 2026 16:00:00.010 * Ready to accept connections
            7:S 25 Nov 2026 16:00:00.020 # Error condition on socket for SYNC: Connection refused
            7:M 25 Nov 2026 16:00:00.020 # User requested shutdown...
            """));

    [Fact]
    public void Those_of_a_fault_that_was_repaired_are_not_repeated_when_it_ends_after_a_long_life()
        => Assert.Equal("", LastWords.Of(
            Started + "7:M 01 Nov 2026 16:00:00.020 # Bad file format reading the append only file appendonly.aof.1.incr.aof\n"
            + Started + "8:M 02 Nov 2026 16:00:00.010 * Ready to accept connections\n"));

    [Fact]
    public void One_that_ran_and_ended_itself_says_why()
        => Assert.Equal("Can't recover from AOF write error when the AOF fsync policy is 'always'. Exiting...", LastWords.Of(Started + """
            7:M 25 Nov 2026 16:00:00.010 * Ready to accept connections
            7:M 25 Nov 2026 16:00:00.020 # Error condition on socket for SYNC: Connection refused
            7:M 25 Nov 2026 16:00:00.030 # Can't recover from AOF write error when the AOF fsync policy is 'always'. Exiting...
            """));

    [Fact]
    public void A_setting_that_it_does_not_know_is_one()
        => Assert.Equal(
            "*** FATAL CONFIG FILE ERROR (Redis 7.0.15) *** | Reading the configuration file, at line 3 | >>> 'nonsense 1' | Bad directive or wrong number of arguments",
            LastWords.Of("\n*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***\nReading the configuration file, at line 3\n>>> 'nonsense 1'\nBad directive or wrong number of arguments\n"));
}
