using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;
using Pellucid.Host.Caching;

namespace Pellucid.Host.Tests.Caching;

public sealed class MapCacheTests : IDisposable
{
    private const int EntryBytes = 4 * 100 * 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("pellucid-maps-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_is_read()
    {
        using MapCache cache = Cache();
        Assert.Null(cache.Find("a"));
        Write(cache, "a", 1);
        using IStoredMaps stored = cache.Find("a")!;
        Assert.Equal((4, 100, "note of a"), (stored.Rows, stored.Length, stored.Note));
        for (int row = 0; row < 4; row++) Assert.Equal(Row(1, row), stored.Row(row).ToArray());
        Assert.Null(cache.Find("b"));
        using MapCache other = Cache(provenance: "another engine");
        Assert.Null(other.Find("a"));
        using MapCache again = Cache();
        Assert.NotNull(again.Find("a"));
    }

    [Fact]
    public void The_least_recently_used_go_when_the_limit_is_reached()
    {
        using MapCache cache = Cache(limit: 3 * (EntryBytes + 200));
        foreach (string key in new[] { "a", "b", "c" }) Write(cache, key, 1);
        cache.Find("a")!.Dispose();
        Write(cache, "d", 1);
        Assert.Equal([true, false, true, true], new[] { "a", "b", "c", "d" }.Select(k => Has(cache, k)));
    }

    [Fact]
    public void Entries_above_the_limit_are_not_kept()
    {
        using MapCache small = Cache(limit: EntryBytes - 1), none = Cache(limit: 0), nowhere = new(null, 1 << 20, () => "engine", TimeProvider.System);
        Assert.All(new[] { small, none, nowhere }, c =>
        {
            Assert.Null(c.Create("a", 4, 100));
            Assert.Null(c.Find("a"));
        });
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_is_not_completed_leaves_nothing()
    {
        using MapCache cache = Cache();
        using (IMapWriter writer = cache.Create("a", 4, 100)!)
        {
            writer.Add(Row(1, 0));
            Assert.Throws<PellucidException>(() => writer.Complete("rows are missing"));
            Assert.Throws<PellucidException>(() => writer.Add(new float[101]));
        }

        Assert.Empty(Directory.GetFiles(_folder));
        Assert.Null(cache.Find("a"));
    }

    [Fact]
    public void An_entry_in_use_may_be_replaced_and_pushed_out()
    {
        using MapCache cache = Cache();
        Write(cache, "a", 1);
        using IStoredMaps first = cache.Find("a")!;
        Write(cache, "a", 2);
        foreach (string key in new[] { "b", "c", "d", "e", "f" })
        {
            Write(cache, key, 3);
            cache.Find(key)!.Dispose();
        }

        Assert.Equal(Row(1, 3), first.Row(3).ToArray());
        using IStoredMaps second = cache.Find("a")!;
        Assert.Equal(Row(2, 3), second.Row(3).ToArray());
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.Row(0).Length);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_says_what_to_do()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, string.Empty);
        using var cache = new MapCache(Path.Combine(file, "maps"), 1 << 20, () => "engine", TimeProvider.System);
        PellucidException fault = Assert.Throws<PellucidException>(() => cache.Create("a", 1, 1));
        Assert.Contains(HostSettings.MapCacheLimitVariable + "=0", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 4096)]
    [InlineData("0", 0)]
    [InlineData("10", 10)]
    public void The_size_is_set_by_a_variable(string? value, long megabytes)
    {
        HostSettings settings = Settings(value);
        Assert.Equal(megabytes << 20, settings.MapCacheLimit);
        Assert.Equal(Path.Combine(_folder, "maps"), settings.MapCacheFolder);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1 GB")]
    [InlineData("99999999999999999999")]
    public void A_size_that_is_none_is_refused(string value) =>
        Assert.Contains(HostSettings.MapCacheLimitVariable, Assert.Throws<PellucidException>(() => Settings(value)).Message, StringComparison.Ordinal);

    private HostSettings Settings(string? size) => new HostSettings { HostFolder = _folder, StateFolder = _folder }.WithMapCache(name => name switch
    {
        HostSettings.CacheVariable => _folder,
        HostSettings.MapCacheLimitVariable => size,
        _ => null,
    });

    private MapCache Cache(long limit = 1 << 20, string provenance = "engine") => new(_folder, limit, () => provenance, TimeProvider.System);

    private static bool Has(MapCache cache, string key)
    {
        using IStoredMaps? found = cache.Find(key);
        return found is not null;
    }

    private static void Write(MapCache cache, string key, int seed)
    {
        using IMapWriter writer = cache.Create(key, 4, 100)!;
        for (int row = 0; row < 4; row++)
        {
            writer.Add(Row(seed, row).AsSpan(0, 30));
            writer.Add(Row(seed, row).AsSpan(30));
        }

        writer.Complete("note of " + key);
    }

    private static float[] Row(int seed, int row) => [.. Enumerable.Range(0, 100).Select(i => (seed * 1000) + (row * 100) + i + 0.5f)];
}
