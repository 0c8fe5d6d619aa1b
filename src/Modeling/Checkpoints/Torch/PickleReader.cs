using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>
/// Reads a pickle (protocols 0 to 5) as data. It is no Python: it knows tuples, lists, dictionaries, text, numbers, the names of
/// <see cref="TorchGlobals"/> and nothing else. No name is ever looked up in the running program, nothing is constructed by
/// reflection, and an opcode that could only serve code is refused.
/// </summary>
internal sealed class PickleReader
{
    private static readonly object True = true;
    private static readonly object False = false;

    private readonly PickleInput _input;
    private readonly PickleStack _stack;

    private PickleReader(PickleInput input)
    {
        _input = input;
        _stack = new PickleStack(input);
    }

    /// <summary>
    /// Reads one pickle up to its STOP. Values are null, bool, long, BigInteger, double, string, <see cref="PickleTuple"/>,
    /// <see cref="PickleList"/>, <see cref="PickleDictionary"/>, <see cref="PickleRecord"/>, <see cref="PickleGlobal"/>,
    /// <see cref="TorchStorage"/> and <see cref="TorchTensor"/>; they may be shared and even cyclic.
    /// </summary>
    internal static object? Load(PickleInput input) => new PickleReader(input).Run();

    private object? Run()
    {
        for (int count = 0; count < CheckpointLimits.MaxPickleOpcodes; count++)
        {
            byte opcode = _input.ReadByte();
            if (opcode == (byte)'.') return _stack.Pop();
            if (!Constant(opcode) && !Collection(opcode) && !Memo(opcode) && !Object(opcode))
                throw _input.Error($"unknown opcode 0x{opcode:x2}: it is corrupt or no pickle");
        }

        throw _input.Error($"more than {CheckpointLimits.MaxPickleOpcodes} opcodes");
    }

    private bool Constant(byte opcode)
    {
        switch ((char)opcode)
        {
            case 'N': _stack.Push(null); break;
            case '\x88': _stack.Push(True); break;
            case '\x89': _stack.Push(False); break;
            case 'K': _stack.Push((long)_input.ReadByte()); break;
            case 'M': _stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(_input.Read(2))); break;
            case 'J': _stack.Push((long)BinaryPrimitives.ReadInt32LittleEndian(_input.Read(4))); break;
            case 'I': _stack.Push(TextInteger()); break;
            case 'L': _stack.Push(Integer(_input.ReadLine().TrimEnd('L'))); break;
            case '\x8a': _stack.Push(BinaryInteger(_input.ReadByte())); break;
            case '\x8b': _stack.Push(BinaryInteger(UInt32())); break;
            case 'F': _stack.Push(TextFloat()); break;
            case 'G': _stack.Push(BinaryPrimitives.ReadDoubleBigEndian(_input.Read(8))); break;
            case 'X': _stack.Push(_input.ReadText(UInt32())); break;
            case '\x8c': _stack.Push(_input.ReadText(_input.ReadByte())); break;
            case '\x8d': _stack.Push(_input.ReadText(UInt64())); break;
            case 'V': _stack.Push(_input.ReadLine()); break;
            case 'S': _stack.Push(_input.ReadLine().Trim('\'', '"')); break;
            case 'T' or 'B': _stack.Push(_input.ReadBytesAsText(UInt32())); break;
            case 'U' or 'C': _stack.Push(_input.ReadBytesAsText(_input.ReadByte())); break;
            case '\x8e' or '\x96': _stack.Push(_input.ReadBytesAsText(UInt64())); break;
            default: return false;
        }

        return true;
    }

    private bool Collection(byte opcode)
    {
        switch ((char)opcode)
        {
            case '(': _stack.Mark(); break;
            case '0': _stack.Drop(); break;
            case '1': _stack.PopToMark(); break;
            case '2': _stack.Push(_stack.Peek()); break;
            case ')': _stack.Push(new PickleTuple([])); break;
            case '\x85': _stack.Push(new PickleTuple(_stack.PopMany(1))); break;
            case '\x86': _stack.Push(new PickleTuple(_stack.PopMany(2))); break;
            case '\x87': _stack.Push(new PickleTuple(_stack.PopMany(3))); break;
            case 't': _stack.Push(new PickleTuple(_stack.PopToMark())); break;
            case ']' or '\x8f': _stack.Push(new PickleList()); break;
            case 'l' or '\x91': Append(new PickleList(), _stack.PopToMark(), push: true); break;
            case 'a': AppendTop([_stack.Pop()]); break;
            case 'e' or '\x90': AppendTop(_stack.PopToMark()); break;
            case '}': _stack.Push(new PickleDictionary()); break;
            case 'd': SetItems(new PickleDictionary(), _stack.PopToMark(), push: true); break;
            case 's': SetTop(_stack.PopMany(2)); break;
            case 'u': SetTop(_stack.PopToMark()); break;
            default: return false;
        }

        return true;
    }

    private bool Memo(byte opcode)
    {
        switch ((char)opcode)
        {
            case 'q': _stack.Memorize(_input.ReadByte()); break;
            case 'r': _stack.Memorize(UInt32()); break;
            case 'p': _stack.Memorize(MemoIndex()); break;
            case '\x94': _stack.MemorizeNext(); break;
            case 'h': _stack.Recall(_input.ReadByte()); break;
            case 'j': _stack.Recall(UInt32()); break;
            case 'g': _stack.Recall(MemoIndex()); break;
            default: return false;
        }

        return true;
    }

    private bool Object(byte opcode)
    {
        switch ((char)opcode)
        {
            case '\x80':
                byte protocol = _input.ReadByte();
                if (protocol > 5) throw _input.Error($"protocol {protocol} is not known");
                break;
            case '\x95': _input.Read(8); break;
            case 'c': _stack.Push(TorchGlobals.Find(_input, _input.ReadLine(), _input.ReadLine())); break;
            case '\x93':
                object?[] name = _stack.PopMany(2);
                _stack.Push(name is [string m, string n] ? TorchGlobals.Find(_input, m, n) : throw _input.Error("a global is named by something that is no text"));
                break;
            case 'R':
                object?[] call = _stack.PopMany(2);
                _stack.Push(TorchGlobals.Call(_input, call[0], call[1]));
                break;
            case '\x81':
                object?[] made = _stack.PopMany(2);
                _stack.Push(TorchGlobals.New(_input, made[0], made[1]));
                break;
            case 'b': Build(); break;
            case 'Q': _stack.Push(TorchStorage.FromPersistentId(_input, _stack.Pop())); break;
            case 'i':
                // INST calls a class it names: resolving the name refuses the hostile ones by name, the rest by opcode.
                throw _input.Error($"calls {TorchGlobals.Find(_input, _input.ReadLine(), _input.ReadLine()).Name} in a way that no checkpoint needs (opcode INST)");
            case 'o' or '\x92' or 'P' or '\x82' or '\x83' or '\x84' or '\x97' or '\x98':
                throw _input.Error($"refuses opcode 0x{opcode:x2}, which no checkpoint needs");
            default: return false;
        }

        return true;
    }

    private void Build()
    {
        object? state = _stack.Pop();
        switch (_stack.Peek())
        {
            case PickleRecord record: record.State = state; break;
            case PickleDictionary or TorchTensor: break; // attributes of a state dict (_metadata) or of a parameter are of no use
            default: throw _input.Error("sets attributes of a value that has none");
        }
    }

    private void AppendTop(object?[] items) =>
        Append(_stack.Peek() as PickleList ?? throw _input.Error("appends to a value that is no list"), items, push: false);

    private void Append(PickleList list, object?[] items, bool push)
    {
        foreach (object? item in items) list.Add(item);
        if (push) _stack.Push(list);
    }

    private void SetTop(object?[] items) =>
        SetItems(_stack.Peek() as PickleDictionary ?? throw _input.Error("sets items of a value that is no dictionary"), items, push: false);

    private void SetItems(PickleDictionary dictionary, object?[] items, bool push)
    {
        if (items.Length % 2 != 0) throw _input.Error("a dictionary has a key without a value");
        for (int i = 0; i < items.Length; i += 2) dictionary.Set(items[i], items[i + 1]);
        if (push) _stack.Push(dictionary);
    }

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(_input.Read(4));

    private ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(_input.Read(8));

    private uint MemoIndex() => uint.TryParse(_input.ReadLine(), NumberStyles.None, CultureInfo.InvariantCulture, out uint index)
        ? index
        : throw _input.Error("a memo index is no number");

    private object TextInteger() => _input.ReadLine() switch
    {
        "00" => False,
        "01" => True,
        string line => Integer(line),
    };

    private object Integer(string text)
    {
        if (text.Length > 2 * CheckpointLimits.MaxPickleIntegerBytes || !BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value))
            throw _input.Error("an integer is malformed or too long");
        return Shrink(value);
    }

    private object BinaryInteger(uint bytes) => bytes <= CheckpointLimits.MaxPickleIntegerBytes
        ? Shrink(new BigInteger(_input.Read((int)bytes)))
        : throw _input.Error($"an integer of {bytes} bytes is longer than {CheckpointLimits.MaxPickleIntegerBytes}");

    private static object Shrink(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    private object TextFloat() => double.TryParse(_input.ReadLine(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value
        : throw _input.Error("a number is malformed");
}
