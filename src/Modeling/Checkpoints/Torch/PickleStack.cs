namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>Stack, marks and memo of the pickle machine, each bounded; nothing below the last mark can be taken.</summary>
internal sealed class PickleStack(PickleInput input)
{
    private readonly List<object?> _values = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];

    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];

    internal void Push(object? value)
    {
        if (_values.Count == CheckpointLimits.MaxPickleStack) throw input.Error($"more than {CheckpointLimits.MaxPickleStack} values on the stack");
        _values.Add(value);
    }

    internal object? Pop()
    {
        object? top = Peek();
        _values.RemoveAt(_values.Count - 1);
        return top;
    }

    internal object? Peek() => _values.Count > Floor ? _values[^1] : throw input.Error("takes a value from an empty stack: it is corrupt");

    internal void Mark()
    {
        if (_marks.Count == CheckpointLimits.MaxPickleMarks) throw input.Error($"nested deeper than {CheckpointLimits.MaxPickleMarks}");
        _marks.Add(_values.Count);
    }

    /// <summary>The values above the last mark, which goes with them.</summary>
    internal object?[] PopToMark()
    {
        if (_marks.Count == 0) throw input.Error("takes values down to a mark that is not there: it is corrupt");
        int floor = _marks[^1];
        object?[] items = new object?[_values.Count - floor];
        _values.CopyTo(floor, items, 0, items.Length);
        _values.RemoveRange(floor, items.Length);
        _marks.RemoveAt(_marks.Count - 1);
        return items;
    }

    /// <summary>POP: the top value, or the mark if nothing lies on it.</summary>
    internal void Drop()
    {
        if (_marks.Count > 0 && _marks[^1] == _values.Count) _marks.RemoveAt(_marks.Count - 1);
        else Pop();
    }

    internal object?[] PopMany(int count)
    {
        object?[] items = new object?[count];
        for (int i = count - 1; i >= 0; i--) items[i] = Pop();
        return items;
    }

    internal void Memorize(uint index)
    {
        if (_memo.Count >= CheckpointLimits.MaxPickleMemo) throw input.Error($"more than {CheckpointLimits.MaxPickleMemo} memo entries");
        _memo[index] = Peek();
    }

    internal void MemorizeNext() => Memorize((uint)_memo.Count);

    internal void Recall(uint index) =>
        Push(_memo.TryGetValue(index, out object? value) ? value : throw input.Error($"recalls memo entry {index}, which was never set: it is corrupt"));
}
