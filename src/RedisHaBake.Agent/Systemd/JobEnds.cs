namespace RedisHaBake.Agent.Systemd;

/// <summary>How systemd's jobs ended, while somebody watches: a job may end before the one who queued it has learned its name.</summary>
internal sealed class JobEnds
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource<string>> _jobs = new(StringComparer.Ordinal);
    private int _watching;

    /// <summary>Keeps what is told until it is disposed of.</summary>
    public IDisposable Watch()
    {
        lock (_lock)
            _watching++;
        return new End(this);
    }

    /// <summary>Ends with the job's result.</summary>
    public Task<string> Of(string job)
    {
        lock (_lock)
            return Entry(job).Task;
    }

    /// <summary>A job has ended.</summary>
    public void Tell(string job, string result)
    {
        lock (_lock)
        {
            if (_watching > 0)
                Entry(job).TrySetResult(result);
        }
    }

    private TaskCompletionSource<string> Entry(string job)
    {
        if (!_jobs.TryGetValue(job, out var entry))
            _jobs[job] = entry = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return entry;
    }

    private sealed class End(JobEnds ends) : IDisposable
    {
        public void Dispose()
        {
            lock (ends._lock)
            {
                if (--ends._watching == 0)
                    ends._jobs.Clear();
            }
        }
    }
}
