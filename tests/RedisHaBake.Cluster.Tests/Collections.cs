// Every test measures time on the same few cores: one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
