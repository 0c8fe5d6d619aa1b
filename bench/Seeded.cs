namespace Pellucid.Bench;

/// <summary>Fast seeded numbers of mean 0 and standard deviation 1, uniform: the distribution does not matter for speed.</summary>
internal sealed class Seeded(ulong seed)
{
    private const float Width = 3.4641016f; // sqrt(12)
    private ulong _state = (seed * 0x9E3779B97F4A7C15) | 1;

    public float Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (((_state >> 40) * (1f / (1 << 24))) - 0.5f) * Width;
    }

    public int Below(int limit) => (int)((Next() / Width + 0.5f) * (limit - 1));

    public void Fill(Span<float> values, float mean, float deviation)
    {
        foreach (ref float v in values) v = mean + (deviation * Next());
    }
}
