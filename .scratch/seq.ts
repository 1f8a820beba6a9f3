import { readFileSync } from "node:fs";
import { createPool, finalRoot, finalBitmap, loadWorld, settleByProof, Form, ALL_CYCLES, ethers, proofOf } from "../test/helpers/rewards.js";
const o = JSON.parse(readFileSync(".scratch/out.json","utf8"));
const code = Buffer.from(o.deployed,"hex");
const pcToIdx = new Map<number,number>(); { let i=0; for (let pc=0; pc<code.length; pc++){ pcToIdx.set(pc,i++); const op=code[pc]!; if(op>=0x60&&op<=0x7f) pc+=op-0x5f; } }
const maps: {s:number,l:number,f:number}[]=[]; { let p=["0","0","-1"]; for(const e of o.map.split(";")){ const q=e.split(":"); p=[0,1,2].map(i=>q[i]||p[i]!); maps.push({s:+p[0]!,l:+p[1]!,f:+p[2]!}); } }
const src = new Map<string,string>();
const where=(pc:number)=>{ const m=maps[pcToIdx.get(pc)!]; if(!m) return "?"; const f=o.ids[m.f]; if(!f) return "gen"; if(!src.has(f)) { let t=""; for (const b of ["","node_modules/"]) try { t=readFileSync(b+f,"utf8"); break;} catch {} src.set(f,t);} const t=Buffer.from(src.get(f)!); const line=t.subarray(0,m.s).toString().split("\n").length; const full=src.get(f)!.split("\n")[line-1]!.trim(); return f.split("/").pop()+":"+line+" "+full.slice(0,70); };
const poolAddr=(w:any)=>w.poolAddress;
async function profile(name:string, hash:string){
  const tr:any = await ethers.provider.send("debug_traceTransaction",[hash,{disableStorage:true,disableMemory:true}]);
  const by=new Map<string,number>(); const ops=new Map<string,number>(); let tot=0;
  if(process.env.SEQ){let pk="",s=0,c=0,o="";for(const l of tr.structLogs){const k=where(l.pc);if(k!==pk){if(pk)console.log(String(c).padStart(6),String(s).padStart(5),pk,"|",o);pk=k;s=0;o=""}s+=Number(l.gasCost);c+=Number(l.gasCost);o+=l.op+" ";}console.log(c,s,pk,o)}
  for(const l of tr.structLogs){ const k=where(l.pc); const g=Number(l.gasCost); by.set(k,(by.get(k)??0)+g); ops.set(l.op,(ops.get(l.op)??0)+g); tot+=g; }
  console.log("==",name,tot,"steps",tr.structLogs.length);
  console.log([...ops].sort((a,b)=>b[1]-a[1]).slice(0,24).map(([k,v])=>k+" "+v).join(", "));
  for(const [k,v] of [...by].sort((a,b)=>b[1]-a[1]).slice(0,Number(process.env.N??45))) console.log(String(v).padStart(7),k);
}
const world=await loadWorld();
const which=process.argv[2]??"all";
if (which!=="bitmap" && which!=="batch") {
const root=await createPool(world,{},5);
const tree=await finalRoot(world,root,0,root.users.map(u=>[u.userId,true]));
const tx=await settleByProof(world,root,0,tree,root.users[0]!,true);
await profile("root",tx.hash);
}
if (which!=="root"&& which!=="batch") {
const bm=await createPool(world,{form:Form.BITMAP},5);
await finalBitmap(world,bm,0,bm.users.map(()=>true));
const u=bm.users[0]!;
await profile("bitmap",(await world.pool.connect(world.caller).settle(bm.poolId,u.userId,u.account,ALL_CYCLES)).hash);
}
if (which==="batch") {
const bm=await createPool(world,{form:Form.BITMAP},100);
await finalBitmap(world,bm,0,bm.users.map(()=>true));
await profile("bitmap batch",(await world.pool.connect(world.caller).settleBatch(bm.poolId,bm.users.map(u=>({userId:u.userId,account:u.account})),ALL_CYCLES)).hash);
const r=await createPool(world,{},100);
const tree=await finalRoot(world,r,0,r.users.map(u=>[u.userId,true]));
const {leaves,proof,proofFlags}=tree.getMultiProof([...Array(100).keys()]);
const acc=new Map(r.users.map(u=>[u.userId,u.account]));
await profile("root batch",(await world.pool.connect(world.caller).settleBatchWithProof(r.poolId,0,leaves.map(l=>({userId:String(l[2]),account:acc.get(String(l[2]))!,eligible:true})),proof,proofFlags)).hash);
}
process.exit(0);
