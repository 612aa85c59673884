namespace RedisHaBake.Agent.Tests.Boot;

/// <summary>A clock that runs fifty times as fast, so that a wait of 30 s lasts half a second.</summary>
internal sealed class FastClock : TimeProvider
{
    private const int Speed = 50;
    private readonly long _start = System.GetTimestamp();
    private readonly DateTimeOffset _origin = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _origin + GetElapsedTime(_start);

    public override long GetTimestamp() => _start + ((System.GetTimestamp() - _start) * Speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => System.CreateTimer(callback, state, Faster(dueTime), Faster(period));

    private static TimeSpan Faster(TimeSpan time) => time > TimeSpan.Zero ? time / Speed : time;
}
